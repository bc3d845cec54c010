/** A game's positions, one after the other. */

import type { Board, Cell } from "./rules";

/** The columns of a game's moves, in order. Null is an unknown one, in games of older servers. */
export type RecordedMoves = readonly (number | null)[];

/** The first position that is known, by the number of its discs: after the last unknown move. */
export function firstPly(record: RecordedMoves): number {
  return record.lastIndexOf(null) + 1;
}

/** The board when there were `ply` discs on it; `board` is the one after all moves. */
export function boardAt(board: Board, record: RecordedMoves, ply: number): Board {
  return record
    .slice(Math.max(ply, firstPly(record)))
    .toReversed()
    .reduce<Board>((before, column) => withoutTop(before, column ?? -1), board);
}

/** Where the last of `ply` discs lies; null if there is none or its column is not known. */
export function lastMoveAt(board: Board, record: RecordedMoves, ply: number): Cell | null {
  const x = record[ply - 1] ?? null;
  return x === null ? null : { x, y: height(boardAt(board, record, ply), x) - 1 };
}

function withoutTop(board: Board, column: number): Board {
  const top = height(board, column) - 1;
  return board.map((cells, x) =>
    x === column ? cells.map((disc, y) => (y === top ? 0 : disc)) : cells,
  );
}

function height(board: Board, column: number): number {
  return (board[column] ?? []).filter((disc) => disc !== 0).length;
}
