import type { Mistake } from "../../computer/judgement";
import { COLOURS } from "../../game/match";
import styles from "./Analysis.module.css";
import { columnsInWords } from "./words";

interface MistakesProps {
  mistakes: readonly Mistake[];
  /** All moves have been looked at. */
  isComplete: boolean;
}

/** The moves that gave away a win or a draw, and what would have been better. */
export function Mistakes({ mistakes, isComplete }: MistakesProps) {
  return (
    <>
      <h4>Mistakes</h4>
      {mistakes.length > 0 && (
        <ol className={styles.mistakes} aria-label="Mistakes">
          {mistakes.map((mistake) => (
            <li key={mistake.move}>{inWords(mistake)}</li>
          ))}
        </ol>
      )}
      {!isComplete && <p>Looking…</p>}
      {isComplete && mistakes.length === 0 && <p>None so far.</p>}
    </>
  );
}

function inWords({ move, column, before, better, after }: Mistake): string {
  const mover = COLOURS[move % 2 === 0 ? 1 : 2];
  const given = before === "win" ? "the win" : "the draw";
  const now = after === "draw" ? ", a draw now" : "";
  return `Move ${move + 1}: ${mover} gave away ${given} with column ${column + 1}${now}. Better: ${columnsInWords(better)}.`;
}
