/** What the columns' scores say of a position and of a move. */

import { COLUMNS } from "../game/rules";
import { outcomeOf, type Result } from "../solver/outcome";

/** What each column is worth to the player to move: null if full, undefined while it is not known. */
export type Scores = readonly (number | null | undefined)[];

export const UNKNOWN: Scores = Array.from({ length: COLUMNS }, () => undefined);

/** A move that gave away a win or a draw. */
export interface Mistake {
  /** The number of the move in the game, from 0. */
  readonly move: number;
  readonly column: number;
  /** What the best columns would have led to, for who moved, and which they are. */
  readonly before: Result;
  readonly better: readonly number[];
  readonly after: Result;
}

/** The columns with the best score; none as long as one is not known. */
export function bestColumns(scores: Scores): readonly number[] {
  if (scores.includes(undefined)) {
    return [];
  }
  const best = Math.max(...scores.filter((score) => typeof score === "number"));
  return scores.flatMap((score, column) => (score === best ? [column] : []));
}

/** The mistake that a move was, by the scores of the position before it; null if it was none. */
export function mistakeOf(scores: Scores, column: number, move: number): Mistake | null {
  const better = bestColumns(scores);
  const best = scores[better[0] ?? -1];
  const played = scores[column];
  if (typeof best !== "number" || typeof played !== "number") {
    return null;
  }
  const before = outcomeOf(best, move).result;
  const after = outcomeOf(played, move).result;
  return before === after ? null : { move, column, before, better, after };
}
