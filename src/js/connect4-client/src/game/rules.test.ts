import { describe, expect, test } from "vitest";
import {
  type Board,
  type Cell,
  COLUMNS,
  type Disc,
  discAt,
  drop,
  EMPTY_BOARD,
  isFull,
  LINES,
  landingRow,
  type Player,
  playerToMove,
  ply,
  ROWS,
  winner,
  winningCells,
} from "./rules";

const PLAYERS: readonly Player[] = [1, 2];

/** A board with discs where the pictures show them, the top row first. */
function boardOf(...rows: string[]): Board {
  const fromBottom = rows.toReversed();
  return EMPTY_BOARD.map((column, x) =>
    column.map((_, y): Disc => (({ r: 1, y: 2 })[fromBottom[y]?.[x] ?? "."] as Disc) ?? 0),
  );
}

function withDiscs(cells: readonly Cell[], player: Player): Board {
  return EMPTY_BOARD.map((column, x) =>
    column.map((_, y): Disc => (cells.some((cell) => cell.x === x && cell.y === y) ? player : 0)),
  );
}

function played(...columns: number[]): Board {
  return columns.reduce<Board>(
    (board, column) => drop(board, column, playerToMove(board)),
    EMPTY_BOARD,
  );
}

describe("lines", () => {
  test("there are 69, and no two are the same", () => {
    const names = LINES.map((line) => line.map(({ x, y }) => `${x}${y}`).join(" "));
    expect(new Set(names).size).toBe(69);
  });

  test.each(PLAYERS)("player %d wins with each of them, and with nothing less", (player) => {
    for (const line of LINES) {
      const board = withDiscs(line, player);
      expect(winner(board)).toBe(player);
      expect(winningCells(board)).toEqual(line);
      for (const missing of line) {
        const oneShort = line.filter((cell) => cell !== missing);
        expect(winner(withDiscs(oneShort, player))).toBeNull();
      }
    }
  });

  test("one disc of the other player breaks a line", () => {
    for (const line of LINES) {
      for (const broken of line) {
        const board = withDiscs(line, 1).map((column, x) =>
          column.map((disc, y): Disc => (broken.x === x && broken.y === y ? 2 : disc)),
        );
        expect(winner(board)).toBeNull();
      }
    }
  });

  test.each([
    ["a row that goes on at the other edge", "r...rrr"],
    ["a row that goes on one row higher", "r......", ".....rrr"],
  ])("%s is none", (_, ...rows) => {
    expect(winner(boardOf(...rows))).toBeNull();
  });

  test("five in a row are all part of it", () => {
    expect(winningCells(boardOf("rrrrr.."))).toHaveLength(5);
  });

  test("two lines at once are both shown, their common disc once", () => {
    const cells = winningCells(boardOf("r......", "r......", "r......", "rrrr..."));
    expect(cells).toHaveLength(7);
    expect(new Set(cells.map(({ x, y }) => `${x}${y}`)).size).toBe(7);
  });
});

describe("a disc", () => {
  test("falls onto the discs that are there", () => {
    const board = played(3, 3);
    expect(discAt(board, { x: 3, y: 0 })).toBe(1);
    expect(discAt(board, { x: 3, y: 1 })).toBe(2);
    expect(landingRow(board, 3)).toBe(2);
  });

  test("leaves the board that it was dropped on as it was", () => {
    drop(EMPTY_BOARD, 0, 1);
    expect(ply(EMPTY_BOARD)).toBe(0);
  });

  test.each([-1, COLUMNS, 1.5, Number.NaN])("does not go into column %d", (column) => {
    expect(landingRow(EMPTY_BOARD, column)).toBeNull();
    expect(() => drop(EMPTY_BOARD, column, 1)).toThrow(RangeError);
  });

  test("does not go into a full column", () => {
    const board = played(...Array(ROWS).fill(2));
    expect(landingRow(board, 2)).toBeNull();
    expect(() => drop(board, 2, 1)).toThrow("column 2 takes no disc");
  });
});

test("the players take turns, and the first begins", () => {
  expect(playerToMove(EMPTY_BOARD)).toBe(1);
  expect(playerToMove(played(0))).toBe(2);
  expect(playerToMove(played(0, 0))).toBe(1);
});

test("a full board without a line has no winner", () => {
  const board = boardOf("rryrryy", "yyryyrr", "rryrryy", "yyryyrr", "rryrryy", "yyryyrr");
  expect(isFull(board)).toBe(true);
  expect(winner(board)).toBeNull();
  expect(isFull(boardOf("rryrry."))).toBe(false);
});
