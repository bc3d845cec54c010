/** Outcomes in words. */

import { bestColumns, type Scores } from "../../computer/judgement";
import { COLOURS } from "../../game/match";
import type { Player } from "../../game/rules";
import { outcomeOf } from "../../solver/outcome";

/** "Red wins in 5 moves", or "a draw": what a score means for `turn`, after so many discs. */
export function outcomeInWords(score: number, discs: number, turn: Player): string {
  const { result, inMoves } = outcomeOf(score, discs);
  if (result === "draw") {
    return "a draw";
  }
  const winner = result === "win" ? turn : other(turn);
  return `${COLOURS[winner]} wins in ${inMoves} ${inMoves === 1 ? "move" : "moves"}`;
}

/** "column 3", or "column 3 or 5", by indices. */
export function columnsInWords(columns: readonly number[]): string {
  return `column ${columns.map((column) => column + 1).join(" or ")}`;
}

/** The best columns and what they lead to; empty while they are not known. */
export function bestInWords(scores: Scores, discs: number, turn: Player): string {
  const best = bestColumns(scores);
  const score = scores[best[0] ?? -1];
  return typeof score === "number"
    ? `Best: ${columnsInWords(best)}, ${outcomeInWords(score, discs, turn)}.`
    : "";
}

function other(player: Player): Player {
  return player === 1 ? 2 : 1;
}
