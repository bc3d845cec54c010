import { useEffect, useEffectEvent, useId } from "react";
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

export interface AnalysisProps {
  /** The game so far; it may be over. */
  moves: Moves;
  /** The position to look at: the one after so many moves. */
  ply: number;
  /** Hears which moves were mistakes, as they are found; none when the analysis is closed. */
  onMistakes(moves: readonly number[]): void;
  /** Shows another position. */
  goTo(ply: number): void;
  computer?: Computer;
}

/** The truth about a game: what each column leads to, and which moves were mistakes. */
export function Analysis(props: AnalysisProps) {
  const { moves, ply, onMistakes, goTo, computer = ofThePage } = props;
  const words = useWords();
  const id = useId();
  const { positions, isUnavailable } = useReview(computer, moves, ply);
  const { active, turn } = matchOf(boardAfter(moves.slice(0, ply)));
  const scores = positions[ply] ?? [];
  const before = positions.slice(0, -1);
  const mistakes = moves.flatMap(
    (column, move) => mistakeOf(before[move] ?? [], column, move) ?? [],
  );
  const found = mistakes.map(({ move }) => move).join();
  const tell = useEffectEvent(() => onMistakes(mistakes.map(({ move }) => move)));
  const forget = useEffectEvent(() => onMistakes([]));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found is what there is to tell.
  useEffect(() => {
    tell();
    return () => forget();
  }, [found]);

  return (
    <section className={styles.analysis} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{words.analysis.name}</h3>
      <p role="alert" className={styles.problem}>
        {isUnavailable && words.analysis.unavailable}
      </p>
      {active && <Columns scores={scores} discs={ply} turn={turn} played={moves[ply] ?? null} />}
      <p className="visually-hidden" aria-live="polite">
        {active && bestInWords(scores, ply, turn, words)}
      </p>
      <Mistakes
        mistakes={mistakes}
        goTo={goTo}
        isComplete={before.every((position) => !position.includes(undefined))}
      />
    </section>
  );
}

interface ColumnsProps {
  scores: Scores;
  discs: number;
  turn: Player;
  /** The column that the game went on with; null in its last position. */
  played: number | null;
}

function Columns({ scores, discs, turn, played }: ColumnsProps) {
  const words = useWords();
  const best = bestColumns(scores);
  return (
    <ol className={styles.columns} aria-label={words.analysis.eachColumn}>
      {scores.map((score, column) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its index.
          key={column}
          className={styles.column}
          data-best={best.includes(column) || undefined}
          data-played={column === played || undefined}
        >
          <span className="visually-hidden">
            {words.analysis.column(
              column + 1,
              inWords(score, discs, turn, words),
              best.includes(column),
            )}
            {column === played && words.analysis.played}
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
