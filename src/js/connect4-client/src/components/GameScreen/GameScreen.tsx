import { type ReactNode, useState } from "react";
import { called, type Match } from "../../game/match";
import { boardAt, lastMoveAt, type RecordedMoves } from "../../game/replay";
import { discAt, landingRow, type Player } from "../../game/rules";
import { useTitle } from "../../words/useTitle";
import { useWords } from "../../words/useWords";
import { Board, type PendingDisc } from "../Board/Board";
import { Players } from "../Players/Players";
import { Replay } from "../Replay/Replay";
import { useReplay } from "../Replay/useReplay";
import styles from "./GameScreen.module.css";

interface GameScreenProps {
  match: Match;
  moves: RecordedMoves;
  /** The ?query of a link to this game. */
  query: string;
  /** Whether the truth about the game may be told: in a running one, not to who plays a person. */
  mayAnalyse: boolean;
  /** How many of the moves were given at the start. */
  opening?: number;
  status: string;
  /** Said until the first move. */
  greeting?: string | undefined;
  /** Who plays here: one player, or null for both. */
  you: Player | null;
  /** What the other player is called; a friend, if nothing is said. */
  opponent?: string | undefined;
  /** Games won by players 1 and 2, in a series. */
  wins?: readonly number[] | undefined;
  /** Who has left, for now. */
  away?: readonly Player[] | undefined;
  /** Whose disc the person here may drop; null while it is not their turn. */
  mover: Player | null;
  pending?: PendingDisc | null;
  /** What went wrong with the last move, for a person. */
  notice?: string | null;
  onDrop(column: number): void;
  /** What brings the other player, while there is only one. */
  invitation?: ReactNode;
  children: ReactNode;
}

/** A match on the screen: how it stands, the board now or earlier, and every move spoken aloud. */
export function GameScreen(props: GameScreenProps) {
  const { match, moves, query, mayAnalyse, status, you, mover, pending = null } = props;
  const { opening = 0, greeting, opponent, wins, away, notice, onDrop, invitation } = props;
  const words = useWords();
  const shown = useReplay(moves);
  const { first, last, ply, isLookingBack, goTo } = shown;
  const [refused, setRefused] = useState<{ why: string | null; ply: number } | null>(null);

  function news(): string | undefined {
    const lastMove = last > opening ? lastMoveAt(match.board, moves, last) : null;
    const lastDisc = lastMove === null ? 0 : discAt(match.board, lastMove);
    return lastMove === null || lastDisc === 0
      ? greeting
      : words.game.played(called(lastDisc, match, words), lastMove.x + 1);
  }

  useTitle(status);

  /** Why a column takes no disc now; null where that is plain to see. */
  function refusal(column: number): string | null {
    if (isLookingBack) {
      return words.replay.lookingBack;
    }
    const isWatching = you === null && mover === null;
    if (!match.active || isWatching || invitation !== undefined || pending !== null) {
      return null;
    }
    const isFull = landingRow(match.board, column) === null;
    return words.online.refusedMoves[mover !== null && isFull ? "Column is full" : "Not your turn"];
  }

  return (
    <section className={styles.screen} aria-label={words.game.name}>
      <div className={`card ${styles.standing}`}>
        <h2 className={styles.status}>{status}</h2>
        {invitation ?? (
          <Players match={match} you={you} opponent={opponent} wins={wins} away={away} />
        )}
        <p role="alert" className={styles.notice}>
          {notice ?? (refused?.ply === ply ? refused.why : null)}
        </p>
      </div>
      <div className={styles.board} data-waiting={invitation !== undefined || undefined}>
        <Board
          board={boardAt(match.board, moves, ply)}
          lastMove={ply > opening ? lastMoveAt(match.board, moves, ply) : null}
          pending={isLookingBack ? null : pending}
          mover={isLookingBack ? null : mover}
          onDrop={onDrop}
          onRefuse={(column) => setRefused({ why: refusal(column), ply })}
          onStep={isLookingBack || !match.active ? (step) => goTo(ply + step) : undefined}
        />
      </div>
      <div className={styles.below}>
        {props.children}
        {last > first && (
          <Replay moves={moves} shown={shown} query={query} mayAnalyse={mayAnalyse} />
        )}
      </div>
      <p className="visually-hidden" role="status">
        {[news(), status].filter(Boolean).join(" ")}
      </p>
    </section>
  );
}
