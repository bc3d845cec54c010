import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { boardAfter } from "../../game/localGame";
import { matchOf } from "../../game/match";
import { Players } from "./Players";

function players() {
  return screen.getAllByRole("listitem");
}

test("online, says who plays which colour", () => {
  render(<Players match={matchOf(boardAfter([]))} you={2} />);
  expect(players().map((player) => player.textContent)).toEqual(["Your friendRed", "YouYellow"]);
});

test("at one screen, the colours are names enough", () => {
  render(<Players match={matchOf(boardAfter([]))} you={null} />);
  expect(players().map((player) => player.textContent)).toEqual(["Red", "Yellow"]);
});

test("marks whose turn it is, and in the end who has won", () => {
  const { rerender } = render(<Players match={matchOf(boardAfter([3]))} you={null} />);
  expect(players().map((player) => player.getAttribute("aria-current"))).toEqual(["false", "true"]);

  rerender(<Players match={matchOf(boardAfter([0, 1, 0, 1, 0, 1, 0]))} you={null} />);
  expect(players().map((player) => player.getAttribute("aria-current"))).toEqual([
    "false",
    "false",
  ]);
  expect(players().map((player) => player.dataset.won)).toEqual(["1", undefined]);
});
