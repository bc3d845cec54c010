import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Refused, Unreachable } from "../../api/client";
import { NewGameButton } from "./NewGameButton";

function show(onNewGame: () => Promise<void>) {
  render(<NewGameButton name="Play again" onNewGame={onNewGame} />);
  return screen.getByRole("button", { name: "Play again" });
}

test("creates one game, however often it is pressed", async () => {
  const onNewGame = vi.fn(() => new Promise<void>(() => {}));
  await userEvent.tripleClick(show(onNewGame));
  expect(onNewGame).toHaveBeenCalledOnce();
});

test.each([
  [new Unreachable(), "The server cannot be reached. Try again in a moment."],
  [new Refused("Not today", 403), "The server refuses: Not today."],
])("says why there is no game, and can be pressed again: %s", async (error, message) => {
  const onNewGame = vi.fn().mockRejectedValueOnce(error).mockResolvedValue(undefined);
  const button = show(onNewGame);
  await userEvent.click(button);
  await waitFor(() => expect(screen.getByRole("alert").textContent).toBe(message));
  expect(document.activeElement).toBe(button);

  await userEvent.click(button);
  expect(onNewGame).toHaveBeenCalledTimes(2);
  await waitFor(() => expect(screen.getByRole("alert").textContent).toBe(""));
});
