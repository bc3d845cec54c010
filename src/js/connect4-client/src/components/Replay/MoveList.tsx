import type { RecordedMoves } from "../../game/replay";
import { useWords } from "../../words/useWords";
import { Disc } from "../Disc/Disc";
import styles from "./Replay.module.css";
import type { Replay } from "./useReplay";

interface MoveListProps {
  moves: RecordedMoves;
  shown: Replay;
  /** The numbers of the moves that gave something away, from 0. */
  mistakes: readonly number[];
}

/** A game's moves; each leads to the position after it. */
export function MoveList({ moves, shown, mistakes }: MoveListProps) {
  const words = useWords();
  const { first, ply, goTo } = shown;

  return (
    <ol className={styles.moves} aria-label={words.replay.moves} start={first + 1}>
      {moves.map((column, move) => {
        if (column === null || move < first) {
          return null;
        }
        const player = move % 2 === 0 ? 1 : 2;
        const name = words.replay.move(move + 1, words.colours[player], column + 1);
        const isMistake = mistakes.includes(move);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a move is its number.
          <li key={move}>
            <button
              type="button"
              aria-label={isMistake ? words.replay.isMistake(name) : name}
              aria-current={ply === move + 1 ? "step" : undefined}
              data-mistake={isMistake || undefined}
              onClick={() => goTo(move + 1)}
            >
              <span aria-hidden="true">{move + 1}.</span>
              <Disc player={player} />
              <span aria-hidden="true">
                {column + 1}
                {isMistake && "?"}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
