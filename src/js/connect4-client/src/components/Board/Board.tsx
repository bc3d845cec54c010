import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useSwitch } from "../../browser/settings";
import {
  type Cell,
  type Board as Cells,
  COLUMNS,
  type Player,
  winningCells,
} from "../../game/rules";
import { useWords } from "../../words/useWords";
import { Column } from "../Column/Column";
import styles from "./Board.module.css";

/** A disc that was dropped and is not on the board yet. */
export interface PendingDisc {
  readonly player: Player;
  readonly column: number;
}

interface BoardProps {
  board: Cells;
  lastMove: Cell | null;
  pending: PendingDisc | null;
  /** Whose disc the person here may drop; null while it is not their turn. */
  mover: Player | null;
  onDrop(column: number): void;
  /** A column was chosen that takes no disc now. */
  onRefuse?(column: number): void;
  /**
   * Steps through the game, where the board is to be looked at and takes no discs: what the arrow
   * keys do that are not meant for its columns.
   */
  onStep?: ((step: -1 | 1) => void) | undefined;
}

const INDICES = Array.from({ length: COLUMNS }, (_, column) => column);

const STEPS: Record<string, -1 | 1 | undefined> = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * The board. Columns are buttons and one stop of the Tab key: the arrow keys go from one to the
 * next, from anywhere on the page, and the keys 1 to 7 drop a disc unless that is switched off.
 *
 * With `onStep`, the arrow keys go from column to column for who came there by keys, and else step
 * through the game.
 */
export function Board(props: BoardProps) {
  const { board, lastMove, pending, mover, onDrop, onRefuse, onStep } = props;
  const words = useWords();
  const [numberKeysWork] = useSwitch("numberKeys");
  const [current, setCurrent] = useState(Math.floor(COLUMNS / 2));
  const element = useRef<HTMLFieldSetElement>(null);
  // The focus is in the board because of a click, which says nothing about the arrow keys.
  const clicked = useRef(false);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      (event.target instanceof Element && event.target.closest("input, select, dialog"))
    ) {
      return;
    }
    const isInside = element.current?.contains(document.activeElement) ?? false;
    const step = STEPS[event.key];
    if (step !== undefined && onStep !== undefined && (!isInside || clicked.current)) {
      event.preventDefault();
      onStep(step);
      return;
    }
    const next = columnTo(event.key, current, isInside);
    if (next !== null || event.key === "Tab") {
      clicked.current = false;
    }
    const column = Number(event.key) - 1;
    if (next !== null) {
      event.preventDefault();
      columnButton(next)?.focus();
    } else if (event.repeat && isInside) {
      // A key that is held down drops one disc.
      event.preventDefault();
    } else if (numberKeysWork && !event.repeat && INDICES.includes(column)) {
      columnButton(column)?.click();
    }
  });

  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  function columnButton(column: number) {
    return element.current?.querySelector<HTMLElement>(`[data-column="${column}"]`);
  }

  const winning = winningCells(board);
  return (
    <fieldset
      ref={element}
      className={styles.board}
      aria-label={words.board.name}
      onPointerDown={() => {
        clicked.current = true;
      }}
    >
      <div className={styles.columns}>
        {INDICES.map((column) => (
          <Column
            key={column}
            board={board}
            column={column}
            mover={mover}
            pending={pending?.column === column ? pending.player : null}
            winning={winning}
            lastMove={lastMove}
            tabIndex={column === current ? 0 : -1}
            onDrop={onDrop}
            onRefuse={onRefuse}
            onFocus={setCurrent}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** The column that a key goes to from the current one; null if the key goes nowhere. */
function columnTo(key: string, current: number, isInside: boolean): number | null {
  const step = STEPS[key];
  if (step !== undefined) {
    // From elsewhere, the first press finds the board again where it was left.
    return isInside ? Math.min(Math.max(current + step, 0), COLUMNS - 1) : current;
  }
  const edge = { Home: 0, End: COLUMNS - 1 }[key];
  return isInside ? (edge ?? null) : null;
}
