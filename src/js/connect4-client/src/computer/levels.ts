/** How well the computer plays: how far it sees, by level. */

import { boardAfter } from "../game/localGame";
import { COLUMNS, LINES, landingRow } from "../game/rules";

/** From the weakest to the strongest. */
export const LEVELS = ["beginner", "easy", "medium", "hard", "expert", "perfect"] as const;

export type Level = (typeof LEVELS)[number];

/** What is decided within so many discs is seen, and nothing else. */
const HORIZONS: Record<Level, number> = {
  beginner: 1,
  easy: 2,
  medium: 4,
  hard: 8,
  expert: 16,
  perfect: 42,
};

const INDICES = Array.from({ length: COLUMNS }, (_, column) => column);

interface Scores {
  /** A column's score, null if it is full, as Solver says it. */
  score(moves: readonly number[], column: number, horizon: number): number | null;
  best(moves: readonly number[]): { column: number };
}

// With fewer discs, the opening book has all scores at once.
const BOOK_ENDS = 12;

/**
 * The column that a level plays in a running game, one of those with the best score in its sight.
 *
 * Of several, a `random` number of 0 to below 1 chooses: cells that are part of many lines are chosen
 * more often, except by beginners. After the opening, a perfect player has no choice, since all
 * scores would take too long.
 */
export function chooseColumn(
  solver: Scores,
  moves: readonly number[],
  level: Level,
  random: () => number,
): number {
  if (level === "perfect" && moves.length >= BOOK_ENDS) {
    return solver.best(moves).column;
  }
  const scores = INDICES.map((column) => solver.score(moves, column, HORIZONS[level]));
  const best = Math.max(...scores.filter((score) => score !== null));
  const columns = INDICES.filter((column) => scores[column] === best);
  const weights = columns.map((column) => (level === "beginner" ? 1 : linesThrough(moves, column)));
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const chosen = columns.find((_, index) => {
    rest -= weights[index] ?? 0;
    return rest < 0;
  });
  return chosen ?? columns.at(-1) ?? 0;
}

function linesThrough(moves: readonly number[], column: number): number {
  const row = landingRow(boardAfter(moves), column);
  return LINES.filter((line) => line.some(({ x, y }) => x === column && y === row)).length;
}
