import { expect, test } from "vitest";
import { bestColumns, mistakeOf, UNKNOWN } from "./judgement";

const SCORES = [-2, -1, 0, 3, 3, null, -2];

test("the best columns are those with the highest score", () => {
  expect(bestColumns(SCORES)).toEqual([3, 4]);
});

test("nothing is best as long as a column is not known", () => {
  expect(bestColumns(UNKNOWN)).toEqual([]);
  expect(bestColumns([...SCORES.slice(0, 6), undefined])).toEqual([]);
});

test.each([
  ["a draw for a win", 2, "draw"],
  ["a loss for a win", 0, "loss"],
] as const)("a mistake gives %s", (_, column, after) => {
  const mistake = { move: 6, column, before: "win", better: [3, 4], after };
  expect(mistakeOf(SCORES, column, 6)).toEqual(mistake);
});

test("to win later, or to lose sooner, is none", () => {
  expect(mistakeOf([1, 5, 0, 0, 0, 0, 0], 0, 6)).toBeNull();
  expect(mistakeOf([-5, -1, -1, -1, -1, -1, -1], 0, 6)).toBeNull();
});

test("what is not known is none", () => {
  expect(mistakeOf(UNKNOWN, 3, 6)).toBeNull();
});
