/** Moves as the usual string of columns: "4455" for columns 4, 4, 5 and 5, counted from 1. */

import { boardAfter, type Moves } from "./localGame";
import { matchOf } from "./match";
import { landingRow } from "./rules";

/** Why the first wrong move of a string is wrong. */
export interface WrongMove {
  /** Its number in the string, from 1. */
  readonly move: number;
  readonly text: string;
  readonly reason: "noColumn" | "full" | "over";
}

export interface ReadMoves {
  /** The moves before the first wrong one. */
  readonly moves: Moves;
  readonly wrong: WrongMove | null;
}

export function notationOf(moves: Moves): string {
  return moves.map((column) => column + 1).join("");
}

/** The ?query of a link to a local game. */
export function localQuery(moves: Moves): string {
  return moves.length === 0 ? "?local" : `?local&moves=${notationOf(moves)}`;
}

/** The moves that a string tells; spaces between them do not matter. */
export function readMoves(text: string): ReadMoves {
  const moves: number[] = [];
  for (const character of text.replace(/\s/g, "")) {
    const reason = wrongWith(moves, character);
    if (reason !== null) {
      return { moves, wrong: { move: moves.length + 1, text: character, reason } };
    }
    moves.push(Number(character) - 1);
  }
  return { moves, wrong: null };
}

function wrongWith(moves: Moves, character: string): WrongMove["reason"] | null {
  if (!/^[1-7]$/.test(character)) {
    return "noColumn";
  }
  const board = boardAfter(moves);
  if (!matchOf(board).active) {
    return "over";
  }
  return landingRow(board, Number(character) - 1) === null ? "full" : null;
}
