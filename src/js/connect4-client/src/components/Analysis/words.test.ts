import { expect, test } from "vitest";
import { en } from "../../words/en";
import { bestInWords, outcomeInWords } from "./words";

test.each([
  [18, 6, 1, "Red wins in 1 move"],
  [17, 6, 1, "Red wins in 2 moves"],
  [-16, 7, 2, "Red wins in 2 moves"],
  [0, 7, 2, "a draw"],
] as const)(
  "the score %i after %i discs, with player %i to move: %s",
  (score, discs, turn, words) => {
    expect(outcomeInWords(score, discs, turn, en)).toBe(words);
  },
);

test.each([
  [[0, 0, 0, 1, 0, 0, 0], "Best: column 4, Red wins in 21 moves."],
  [[1, 0, 0, 0, 0, 0, 1], "Best: column 1 or 7, Red wins in 21 moves."],
  [[undefined, 0, 0, 0, 0, 0, 1], ""],
])("the best of %j, columns counted from 1: %j", (scores, words) => {
  expect(bestInWords(scores, 0, 1, en)).toBe(words);
});
