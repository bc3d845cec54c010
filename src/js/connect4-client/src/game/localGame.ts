/** The game of two people at one screen, as the columns of its moves. */

import { keep, kept } from "../browser/storage";
import { matchOf } from "./match";
import { type Board, drop, EMPTY_BOARD, landingRow } from "./rules";

const KEY = "connect4.local";

export type Moves = readonly number[];

export type LocalAction = { type: "drop"; column: number } | { type: "undo" } | { type: "restart" };

/** The moves after an action; a move that the rules forbid changes nothing. */
export function localGame(moves: Moves, action: LocalAction): Moves {
  switch (action.type) {
    case "drop":
      return isLegal(boardAfter(moves), action.column) ? [...moves, action.column] : moves;
    case "undo":
      return moves.slice(0, -1);
    case "restart":
      return [];
  }
}

/** The board after legal moves. */
export function boardAfter(moves: Moves): Board {
  return moves.reduce<Board>(
    (board, column, ply) => drop(board, column, ply % 2 === 0 ? 1 : 2),
    EMPTY_BOARD,
  );
}

export function rememberLocalGame(moves: Moves): void {
  keep(KEY, JSON.stringify(moves));
}

/** The game as it was left; a new one if there is none or what is kept is no game. */
export function rememberedLocalGame(): Moves {
  try {
    const moves: unknown = JSON.parse(kept(KEY) ?? "[]");
    return Array.isArray(moves) ? legalPart(moves) : [];
  } catch {
    // Not ours, or damaged: as good as no game.
    return [];
  }
}

/** The moves among these that the rules allow. */
export function legalPart(columns: readonly unknown[]): Moves {
  return columns
    .filter((column) => typeof column === "number")
    .reduce<Moves>((moves, column) => localGame(moves, { type: "drop", column }), []);
}

function isLegal(board: Board, column: number): boolean {
  return matchOf(board).active && landingRow(board, column) !== null;
}
