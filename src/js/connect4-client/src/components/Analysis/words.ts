/** Outcomes in words. */

import { bestColumns, type Scores } from "../../computer/judgement";
import type { Player } from "../../game/rules";
import { outcomeOf } from "../../solver/outcome";
import type { Words } from "../../words/en";

/** "Red wins in 5 moves", or "a draw": what a score means for `turn`, after so many discs. */
export function outcomeInWords(score: number, discs: number, turn: Player, words: Words): string {
  const { result, inMoves } = outcomeOf(score, discs);
  if (result === "draw") {
    return words.analysis.draw;
  }
  const winner = result === "win" ? turn : other(turn);
  return words.analysis.wins(words.colours[winner], inMoves);
}

/** The best columns and what they lead to; empty while they are not known. */
export function bestInWords(scores: Scores, discs: number, turn: Player, words: Words): string {
  const best = bestColumns(scores);
  const score = scores[best[0] ?? -1];
  return typeof score === "number"
    ? words.analysis.best(
        best.map((column) => column + 1),
        outcomeInWords(score, discs, turn, words),
      )
    : "";
}

function other(player: Player): Player {
  return player === 1 ? 2 : 1;
}
