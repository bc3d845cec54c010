import { useId } from "react";
import { type Computer, computer as ofThePage } from "../../computer/computer";
import { bestColumns, mistakeOf, type Scores } from "../../computer/judgement";
import { boardAfter, type Moves } from "../../game/localGame";
import { matchOf } from "../../game/match";
import type { Player } from "../../game/rules";
import { outcomeOf } from "../../solver/outcome";
import type { Words } from "../../words/en";
import { useWords } from "../../words/useWords";
import styles from "./Analysis.module.css";
import { Mistakes } from "./Mistakes";
import { useReview } from "./useReview";
import { bestInWords, outcomeInWords } from "./words";

interface AnalysisProps {
  /** The game so far; it may be over. */
  moves: Moves;
  computer?: Computer;
}

/** The truth about a game: what each column leads to now, and which moves were mistakes. */
export function Analysis({ moves, computer = ofThePage }: AnalysisProps) {
  const words = useWords();
  const id = useId();
  const { positions, isUnavailable } = useReview(computer, moves);
  const { active, turn } = matchOf(boardAfter(moves));
  const scores = positions.at(-1) ?? [];
  const before = positions.slice(0, -1);
  const mistakes = moves.flatMap(
    (column, move) => mistakeOf(before[move] ?? [], column, move) ?? [],
  );

  return (
    <section className={`card ${styles.analysis}`} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{words.analysis.name}</h3>
      <p role="alert" className={styles.problem}>
        {isUnavailable && words.analysis.unavailable}
      </p>
      {active && <Columns scores={scores} discs={moves.length} turn={turn} />}
      <p className="visually-hidden" aria-live="polite">
        {active && bestInWords(scores, moves.length, turn, words)}
      </p>
      <Mistakes
        mistakes={mistakes}
        isComplete={before.every((position) => !position.includes(undefined))}
      />
    </section>
  );
}

interface ColumnsProps {
  scores: Scores;
  discs: number;
  turn: Player;
}

function Columns({ scores, discs, turn }: ColumnsProps) {
  const words = useWords();
  const best = bestColumns(scores);
  return (
    <ol className={styles.columns} aria-label={words.analysis.eachColumn}>
      {scores.map((score, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its index.
        <li key={column} className={styles.column} data-best={best.includes(column) || undefined}>
          <span className="visually-hidden">
            {words.analysis.column(
              column + 1,
              inWords(score, discs, turn, words),
              best.includes(column),
            )}
          </span>
          <span aria-hidden="true">
            <span className={styles.number}>{column + 1}</span>
            {inShort(score, discs, words.analysis).map((word) => (
              <span key={word}>{word}</span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

function inWords(
  score: number | null | undefined,
  discs: number,
  turn: Player,
  words: Words,
): string {
  if (score === undefined) {
    return words.analysis.unknown;
  }
  return score === null ? words.analysis.full : outcomeInWords(score, discs, turn, words);
}

function inShort(
  score: number | null | undefined,
  discs: number,
  { short }: Words["analysis"],
): string[] {
  if (score === undefined || score === null) {
    return [score === null ? short.full : "…"];
  }
  const { result, inMoves } = outcomeOf(score, discs);
  return result === "draw" ? [short.draw] : [short[result], short.inMoves(inMoves)];
}
