import { useState } from "react";
import { notationOf } from "../../game/notation";
import type { RecordedMoves } from "../../game/replay";
import type { Words } from "../../words/en";
import { useWords } from "../../words/useWords";
import { AnalysisButton } from "../Analysis/AnalysisButton";
import { CopyField } from "../CopyField/CopyField";
import { MoveList } from "./MoveList";
import styles from "./Replay.module.css";
import type { Replay as Shown } from "./useReplay";

interface ReplayProps {
  moves: RecordedMoves;
  shown: Shown;
  /** The ?query of a link to this game; the position that is shown is added. */
  query: string;
  /** Whether the truth about the game may be told: in a running one, not to who plays a person. */
  mayAnalyse: boolean;
}

const BACK = "M16 5v14L6 12z";
const FORWARD = "M8 5v14l10-7z";
const FIRST = "M5 5h3v14H5zM19 5v14L9 12z";
const LAST = "M16 5h3v14h-3zM5 5v14l10-7z";

/** Steps through a game's moves: by buttons, a slider, the list of the moves, and a link. */
export function Replay({ moves, shown, query, mayAnalyse }: ReplayProps) {
  const words = useWords();
  const { first, last, ply, isLookingBack, hasNews, goTo } = shown;
  const [isSliding, setIsSliding] = useState(false);
  const [mistakes, setMistakes] = useState<readonly number[]>([]);
  const position = positionInWords(moves, ply, words);
  const columns = moves.filter((column) => column !== null);
  const isWhole = columns.length === moves.length;

  return (
    <section className={`card ${styles.replay}`} aria-label={words.replay.name}>
      <div className={styles.controls}>
        <Step
          name={words.replay.first}
          icon={FIRST}
          disabled={ply === first}
          to={first}
          goTo={goTo}
        />
        <Step
          name={words.replay.back}
          icon={BACK}
          disabled={ply === first}
          to={ply - 1}
          goTo={goTo}
        />
        <input
          type="range"
          aria-label={words.replay.slider}
          aria-valuetext={position}
          min={first}
          max={last}
          value={ply}
          onChange={(event) => goTo(event.target.valueAsNumber)}
          onFocus={() => setIsSliding(true)}
          onBlur={() => setIsSliding(false)}
        />
        <Step
          name={words.replay.forward}
          icon={FORWARD}
          disabled={!isLookingBack}
          to={ply + 1}
          goTo={goTo}
        />
        <Step
          name={words.replay.last}
          icon={LAST}
          disabled={!isLookingBack}
          to={last}
          goTo={goTo}
        />
      </div>
      {/* The slider itself says its value. */}
      <p className={styles.position} aria-live={isSliding ? "off" : "polite"}>
        {position}
      </p>
      <div aria-live="polite">
        {hasNews && (
          <div className={styles.news}>
            <p>{words.replay.news}</p>
            <button type="button" className="button primary" onClick={() => goTo(last)}>
              {words.replay.toGame}
            </button>
          </div>
        )}
      </div>
      <details className={styles.details}>
        <summary>{words.replay.moves}</summary>
        <MoveList moves={moves} shown={shown} mistakes={mayAnalyse ? mistakes : []} />
        {isWhole && <CopyField label={words.replay.columns} value={notationOf(columns)} />}
        <CopyField
          label={words.replay.link}
          value={linkTo(isLookingBack ? `${query}&ply=${ply}` : query)}
        />
      </details>
      {mayAnalyse && isWhole && (
        <AnalysisButton moves={columns} ply={ply} onMistakes={setMistakes} goTo={goTo} />
      )}
    </section>
  );
}

interface StepProps {
  name: string;
  /** The path of an icon in 24 by 24. */
  icon: string;
  disabled: boolean;
  to: number;
  goTo(ply: number): void;
}

function Step({ name, icon, disabled, to, goTo }: StepProps) {
  return (
    <button
      type="button"
      className="button"
      aria-label={name}
      title={name}
      // Not `disabled`: the focus stays on the button that led to the end.
      aria-disabled={disabled}
      onClick={() => !disabled && goTo(to)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={icon} />
      </svg>
    </button>
  );
}

/** "Move 12 of 30: Red, column 4": what led to the position with so many discs. */
function positionInWords(moves: RecordedMoves, ply: number, words: Words): string {
  const column = moves[ply - 1] ?? null;
  if (column !== null) {
    const who = words.colours[ply % 2 === 1 ? 1 : 2];
    return words.replay.position(ply, moves.length, who, column + 1);
  }
  return ply === 0 ? words.replay.start : words.replay.known;
}

function linkTo(query: string): string {
  return new URL(query, window.location.href).href;
}
