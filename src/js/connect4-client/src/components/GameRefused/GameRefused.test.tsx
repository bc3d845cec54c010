import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { GameRefused } from "./GameRefused";

const onNewGame = vi.fn().mockResolvedValue(undefined);
const onLeave = vi.fn();

test.each([
  ["Game not found", "There is no such game. Check the link."],
  ["Player not found", "The server does not know your seat in this game."],
  ["Something new", "The server says: Something new."],
])("explains %j", (refusal, explanation) => {
  render(<GameRefused refusal={refusal} onNewGame={onNewGame} onLeave={onLeave} />);
  expect(screen.getAllByRole("alert")[0]?.textContent).toContain(explanation);
});

test("has two ways out", async () => {
  render(<GameRefused refusal="Game is full" onNewGame={onNewGame} onLeave={onLeave} />);
  await userEvent.click(screen.getByRole("button", { name: "New online game" }));
  expect(onNewGame).toHaveBeenCalledOnce();
  await userEvent.click(screen.getByRole("button", { name: "Back to the start" }));
  expect(onLeave).toHaveBeenCalledOnce();
});
