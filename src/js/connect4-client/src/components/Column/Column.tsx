import { type MouseEvent, useRef, useState } from "react";
import { type Board, type Cell, discAt, landingRow, type Player, ROWS } from "../../game/rules";
import type { Words } from "../../words/en";
import { useWords } from "../../words/useWords";
import { Tile } from "../Tile/Tile";
import styles from "./Column.module.css";

interface ColumnProps {
  board: Board;
  column: number;
  /** Whose disc would drop here; null while nobody here may drop one. */
  mover: Player | null;
  /** Whose disc is on its way into this column. */
  pending: Player | null;
  winning: readonly Cell[];
  lastMove: Cell | null;
  tabIndex: number;
  onDrop(column: number): void;
  /** The column was chosen, and takes no disc now. */
  onRefuse?: ((column: number) => void) | undefined;
  onFocus(column: number): void;
}

// Slower clicks are meant, whatever the system takes for a double click.
const DOUBLE_CLICK_MS = 250;

const FROM_THE_TOP = Array.from({ length: ROWS }, (_, index) => ROWS - 1 - index);

/** A column of the board: a button that drops a disc into it. */
export function Column(props: ColumnProps) {
  const { board, column, mover, pending, winning, lastMove, tabIndex } = props;
  const { onDrop, onRefuse, onFocus } = props;
  const words = useWords().board;
  const landing = landingRow(board, column);
  const takes = mover !== null && landing !== null;
  const [isRefused, setIsRefused] = useState(false);
  const lastClick = useRef(Number.NEGATIVE_INFINITY);

  function choose({ detail, timeStamp }: MouseEvent) {
    const isSecondClick = detail > 1 && timeStamp - lastClick.current < DOUBLE_CLICK_MS;
    lastClick.current = timeStamp;
    if (isSecondClick) {
      // Of a double click: no move. At one screen, it would be the other's.
      return;
    }
    if (takes) {
      onDrop(column);
    } else {
      setIsRefused(true);
      onRefuse?.(column);
    }
  }

  return (
    <button
      type="button"
      className={styles.column}
      aria-label={words.column(column + 1, contentOf(board, column, words))}
      aria-description={takes ? words.free(ROWS - landing) : undefined}
      // Not `disabled`: the focus stays in the column while the other player moves.
      aria-disabled={!takes}
      tabIndex={tabIndex}
      data-column={column}
      data-refused={isRefused || undefined}
      onAnimationEnd={(event) => event.target === event.currentTarget && setIsRefused(false)}
      onClick={choose}
      onFocus={() => onFocus(column)}
    >
      {FROM_THE_TOP.map((row) => {
        const isHere = ({ x, y }: Cell) => x === column && y === row;
        return (
          <Tile
            key={row}
            disc={discAt(board, { x: column, y: row })}
            preview={row === landing ? (pending ?? mover) : null}
            pending={pending !== null}
            wins={winning.length > 0 ? winning.some(isHere) : null}
            last={lastMove !== null && isHere(lastMove)}
            height={ROWS - row}
          />
        );
      })}
    </button>
  );
}

function contentOf(board: Board, column: number, words: Words["board"]): string {
  const discs = (board[column] ?? []).filter((disc) => disc !== 0);
  if (discs.length === 0) {
    return words.empty;
  }
  const content = words.fromBottom(discs);
  return discs.length === ROWS ? words.full(content) : content;
}
