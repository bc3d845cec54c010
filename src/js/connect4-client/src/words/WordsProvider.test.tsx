import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { keep } from "../browser/storage";
import { LanguageChoice } from "../components/LanguageChoice/LanguageChoice";
import { de } from "./de";
import type { Words } from "./en";
import { LOADERS } from "./language";
import { useWords } from "./useWords";
import { WordsProvider } from "./WordsProvider";

beforeEach(() => {
  document.documentElement.lang = "en";
});

function Name() {
  return <h1>{useWords().name}</h1>;
}

function show() {
  return render(
    <WordsProvider>
      <Name />
      <LanguageChoice />
    </WordsProvider>,
  );
}

function browserAsksFor(...languages: string[]) {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
}

test("English is there at once", () => {
  show();
  expect(screen.getByRole("heading", { name: "Connect 4" })).toBeDefined();
});

test("the browser’s language is spoken, and nothing is said in another one before", async () => {
  let load: (words: Words) => void = () => {};
  vi.spyOn(LOADERS, "de").mockReturnValue(
    new Promise((resolve) => {
      load = resolve;
    }),
  );
  browserAsksFor("de-CH");
  const { container } = show();
  expect(container.textContent).toBe("");
  await act(async () => load(de));
  expect(screen.getByRole("heading", { name: "Vier gewinnt" })).toBeDefined();
  expect(document.documentElement.lang).toBe("de");
});

test("the chosen language is spoken rather than the browser’s", async () => {
  browserAsksFor("de");
  keep("connect4.setting.language", "is");
  show();
  expect(await screen.findByRole("heading", { name: "Fjórir í röð" })).toBeDefined();
  expect(document.documentElement.lang).toBe("is");
});

test("words that cannot be loaded are said in English", async () => {
  vi.spyOn(LOADERS, "de").mockRejectedValue(new TypeError("no network"));
  browserAsksFor("de");
  show();
  expect(await screen.findByRole("heading", { name: "Connect 4" })).toBeDefined();
  expect(document.documentElement.lang).toBe("en");
});
