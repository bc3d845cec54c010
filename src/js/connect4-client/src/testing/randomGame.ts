/** Games by chance, the same ones every time. */

import { boardAfter, localGame } from "../game/localGame";
import { matchOf } from "../game/match";
import { COLUMNS } from "../game/rules";

/** Numbers of 0 to below 1, like Math.random (mulberry32, by Tommy Ettinger). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The columns of so many moves, after which the game goes on. */
export function randomGame(discs: number, random: () => number): readonly number[] {
  let moves: readonly number[] = [];
  while (moves.length < discs) {
    const column = Math.floor(random() * COLUMNS);
    moves = localGame(moves, { type: "drop", column });
    if (!matchOf(boardAfter(moves)).active) {
      moves = [];
    }
  }
  return moves;
}
