import { type Board, type Cell, discAt, landingRow, type Player, ROWS } from "../../game/rules";
import { Tile } from "../Tile/Tile";
import styles from "./Column.module.css";

interface ColumnProps {
  board: Board;
  column: number;
  /** Whose disc would drop here, or null while nobody here may drop one. */
  mover: Player | null;
  winning: readonly Cell[];
  /** The cell of the disc that was dropped last, while it is to be seen falling. */
  fresh: Cell | null;
  tabIndex: number;
  onDrop(column: number): void;
  onFocus(column: number): void;
}

const NAMES = { 0: "empty", 1: "red", 2: "yellow" };
const FROM_THE_TOP = Array.from({ length: ROWS }, (_, index) => ROWS - 1 - index);

/** A column of the board: a button that drops a disc into it. */
export function Column(props: ColumnProps) {
  const { board, column, mover, winning, fresh, tabIndex, onDrop, onFocus } = props;
  const landing = landingRow(board, column);
  const takes = mover !== null && landing !== null;
  const discs = (board[column] ?? []).filter((disc) => disc !== 0).map((disc) => NAMES[disc]);
  const content = discs.length === 0 ? "empty" : `from the bottom: ${discs.join(", ")}`;

  return (
    <button
      type="button"
      className={styles.column}
      aria-label={`Column ${column + 1}${landing === null ? ", full" : ""}, ${content}`}
      aria-disabled={!takes}
      tabIndex={tabIndex}
      data-column={column}
      onClick={() => takes && onDrop(column)}
      onFocus={() => onFocus(column)}
    >
      {FROM_THE_TOP.map((row) => {
        const cell = { x: column, y: row };
        return (
          <Tile
            key={row}
            disc={discAt(board, cell)}
            preview={takes && row === landing ? mover : 0}
            wins={winning.some(({ x, y }) => x === column && y === row)}
            falls={fresh?.x === column && fresh.y === row ? ROWS - row : 0}
          />
        );
      })}
    </button>
  );
}
