import { expect, test } from "vitest";
import { columnsInWords, outcomeInWords } from "./words";

test.each([
  [18, 6, 1, "Red wins in 1 move"],
  [17, 6, 1, "Red wins in 2 moves"],
  [-16, 7, 2, "Red wins in 2 moves"],
  [0, 7, 2, "a draw"],
] as const)(
  "the score %i after %i discs, with player %i to move: %s",
  (score, discs, turn, words) => {
    expect(outcomeInWords(score, discs, turn)).toBe(words);
  },
);

test("columns are counted from 1", () => {
  expect(columnsInWords([3])).toBe("column 4");
  expect(columnsInWords([0, 6])).toBe("column 1 or 7");
});
