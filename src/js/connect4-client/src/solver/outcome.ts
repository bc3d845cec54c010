/** What a score says to a person: who wins, and with which of their discs from now on. */

import { scoreOfWin } from "./solver";

export type Result = "win" | "draw" | "loss";

export interface Outcome {
  /** For the player to move. */
  readonly result: Result;
  /** Which of the winner's next discs wins, 1 for the next; 0 for a draw. */
  readonly inMoves: number;
}

/** The outcome of a column's score, where so many discs lie before it takes one. */
export function outcomeOf(score: number, discs: number): Outcome {
  if (score === 0) {
    return { result: "draw", inMoves: 0 };
  }
  const first = scoreOfWin(score > 0 ? discs : discs + 1);
  return { result: score > 0 ? "win" : "loss", inMoves: first - Math.abs(score) + 1 };
}
