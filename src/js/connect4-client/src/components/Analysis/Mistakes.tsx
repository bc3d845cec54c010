import type { Mistake } from "../../computer/judgement";
import type { Words } from "../../words/en";
import { useWords } from "../../words/useWords";
import styles from "./Analysis.module.css";

interface MistakesProps {
  mistakes: readonly Mistake[];
  /** Shows the position after so many moves. */
  goTo(ply: number): void;
  /** All moves have been looked at. */
  isComplete: boolean;
}

/** The moves that gave away a win or a draw, and what would have been better. */
export function Mistakes({ mistakes, goTo, isComplete }: MistakesProps) {
  const words = useWords();
  return (
    <>
      <h4>{words.analysis.mistakes}</h4>
      {mistakes.length > 0 && (
        <ol className={styles.mistakes} aria-label={words.analysis.mistakes}>
          {mistakes.map((mistake) => (
            <li key={mistake.move}>
              {/* Where there was something better to play. */}
              <button type="button" onClick={() => goTo(mistake.move)}>
                {inWords(mistake, words)}
              </button>
            </li>
          ))}
        </ol>
      )}
      {!isComplete && <p>{words.looking}</p>}
      {isComplete && mistakes.length === 0 && <p>{words.analysis.noMistakes}</p>}
    </>
  );
}

function inWords({ move, column, before, better, after }: Mistake, words: Words): string {
  return words.analysis.mistake({
    move: move + 1,
    who: words.colours[move % 2 === 0 ? 1 : 2],
    column: column + 1,
    gaveAway: before === "win" ? "win" : "draw",
    isDrawNow: after === "draw",
    better: better.map((one) => one + 1),
  });
}
