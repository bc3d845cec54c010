import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { WordsProvider } from "../../words/WordsProvider";
import { LanguageChoice } from "./LanguageChoice";

function show() {
  return render(
    <WordsProvider>
      <LanguageChoice />
    </WordsProvider>,
  );
}

test("offers each language by its own name", () => {
  show();
  const options = screen.getAllByRole<HTMLOptionElement>("option");
  expect(options.map(({ lang, text }) => [lang, text])).toEqual([
    ["en", "English"],
    ["de", "Deutsch"],
    ["is", "Íslenska"],
  ]);
});

test("switches the language, for the next visit, too", async () => {
  const { unmount } = show();
  await userEvent.selectOptions(screen.getByLabelText("Language"), "Deutsch");
  await userEvent.selectOptions(await screen.findByLabelText("Sprache"), "Íslenska");
  expect(await screen.findByLabelText("Tungumál")).toHaveProperty("value", "is");
  unmount();

  show();
  await userEvent.selectOptions(await screen.findByLabelText("Tungumál"), "English");
  expect(await screen.findByLabelText("Language")).toHaveProperty("value", "en");
});
