import { expect, test } from "vitest";
import { boardAfter } from "./localGame";
import { boardAt, firstPly, lastMoveAt } from "./replay";
import { EMPTY_BOARD } from "./rules";

const MOVES = [3, 3, 4, 2, 3];
const BOARD = boardAfter(MOVES);

test.each([0, 1, 2, 3, 4, 5])("the position after %d moves", (ply) => {
  expect(boardAt(BOARD, MOVES, ply)).toEqual(boardAfter(MOVES.slice(0, ply)));
});

test.each([
  [0, null],
  [1, { x: 3, y: 0 }],
  [2, { x: 3, y: 1 }],
  [5, { x: 3, y: 2 }],
])("after %d moves, the last one lies at %j", (ply, cell) => {
  expect(lastMoveAt(BOARD, MOVES, ply)).toEqual(cell);
});

test("a game whose first moves are not known begins after them", () => {
  const record = [null, null, 4, 2, 3];
  expect(firstPly(record)).toBe(2);
  expect(boardAt(BOARD, record, 2)).toEqual(boardAfter(MOVES.slice(0, 2)));
  expect(boardAt(BOARD, record, 0)).toEqual(boardAfter(MOVES.slice(0, 2)));
  expect(boardAt(BOARD, record, 3)).toEqual(boardAfter(MOVES.slice(0, 3)));
  expect(lastMoveAt(BOARD, record, 2)).toBeNull();
});

test("a game without moves has one position", () => {
  expect(firstPly([])).toBe(0);
  expect(boardAt(EMPTY_BOARD, [], 0)).toEqual(EMPTY_BOARD);
  expect(lastMoveAt(EMPTY_BOARD, [], 0)).toBeNull();
});
