import { expect, test } from "vitest";
import { notationOf, readMoves } from "./notation";

test("columns are counted from 1", () => {
  expect(notationOf([3, 3, 0, 6])).toBe("4417");
  expect(notationOf([])).toBe("");
});

test.each([
  ["4417", [3, 3, 0, 6]],
  [" 44\n1 7 ", [3, 3, 0, 6]],
  ["", []],
])("%j is read", (text, moves) => {
  expect(readMoves(text)).toEqual({ moves, wrong: null });
});

test.each([
  ["4480", { move: 3, text: "8", reason: "noColumn" }],
  ["0", { move: 1, text: "0", reason: "noColumn" }],
  ["44x", { move: 3, text: "x", reason: "noColumn" }],
  ["4😀", { move: 2, text: "😀", reason: "noColumn" }],
  ["4444444", { move: 7, text: "4", reason: "full" }],
  ["12121213", { move: 8, text: "3", reason: "over" }],
] as const)("the first wrong move of %s is told, with the moves before it", (text, wrong) => {
  const read = readMoves(text);
  expect(read.wrong).toEqual(wrong);
  expect(notationOf(read.moves)).toBe([...text].slice(0, wrong.move - 1).join(""));
});
