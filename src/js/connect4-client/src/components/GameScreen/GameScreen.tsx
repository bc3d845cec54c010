import type { ReactNode } from "react";
import type { Match } from "../../game/match";
import { type Cell, discAt, type Player } from "../../game/rules";
import { useTitle } from "../../words/useTitle";
import { useWords } from "../../words/useWords";
import { Board, type PendingDisc } from "../Board/Board";
import { Players } from "../Players/Players";
import styles from "./GameScreen.module.css";

interface GameScreenProps {
  match: Match;
  status: string;
  /** Who plays here: one player, or null for both. */
  you: Player | null;
  /** What the other player is called; a friend, if nothing is said. */
  opponent?: string | undefined;
  /** Whose disc the person here may drop; null while it is not their turn. */
  mover: Player | null;
  lastMove: Cell | null;
  pending?: PendingDisc | null;
  /** What went wrong with the last move, for a person. */
  notice?: string | null;
  onDrop(column: number): void;
  /** What brings the other player, while there is only one. */
  invitation?: ReactNode;
  children: ReactNode;
}

/** A match on the screen: how it stands, the board, and every move spoken aloud. */
export function GameScreen(props: GameScreenProps) {
  const { match, status, you, mover, lastMove, pending = null, notice, onDrop } = props;
  const { opponent, invitation, children } = props;
  const words = useWords();
  const lastDisc = lastMove === null ? 0 : discAt(match.board, lastMove);
  const news =
    lastMove === null || lastDisc === 0
      ? ""
      : `${words.game.played(words.colours[lastDisc], lastMove.x + 1)} `;

  useTitle(status);

  return (
    <section className={styles.screen} aria-label={words.game.name}>
      <div className={`card ${styles.standing}`}>
        <h2 className={styles.status}>{status}</h2>
        {invitation ?? <Players match={match} you={you} opponent={opponent} />}
        <p role="alert" className={styles.notice}>
          {notice}
        </p>
      </div>
      <div className={styles.board} data-waiting={invitation !== undefined || undefined}>
        <Board
          board={match.board}
          lastMove={lastMove}
          pending={pending}
          mover={mover}
          onDrop={onDrop}
        />
      </div>
      <div className={styles.below}>{children}</div>
      <p className="visually-hidden" role="status">
        {news + status}
      </p>
    </section>
  );
}
