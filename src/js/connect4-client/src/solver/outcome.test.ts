import { expect, test } from "vitest";
import { outcomeOf } from "./outcome";

test.each([
  ["the winning disc is the next", 18, 6, { result: "win", inMoves: 1 }],
  ["the first player wins with the last disc but one", 1, 0, { result: "win", inMoves: 21 }],
  ["the other player wins with their next disc", -18, 6, { result: "loss", inMoves: 1 }],
  ["the other player wins with the last disc of all", -1, 0, { result: "loss", inMoves: 21 }],
  ["nobody wins", 0, 3, { result: "draw", inMoves: 0 }],
] as const)("%s", (_, score, discs, outcome) => {
  expect(outcomeOf(score, discs)).toEqual(outcome);
});
