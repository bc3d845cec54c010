"use client";

import { type ReactNode, useEffect, useState } from "react";
import { COLOURS, type Match } from "../../game/match";
import { discAt, lastMove, type Player } from "../../game/rules";
import { Board } from "../Board/Board";
import styles from "./GameScreen.module.css";

interface GameScreenProps {
  match: Match;
  /** Who plays here: one player, or null for both. */
  you: Player | null;
  /** Whether a disc may be dropped here now. */
  canMove: boolean;
  onDrop(column: number): void;
  children?: ReactNode;
}

/** What a match is at, in a few words to the one who plays here. */
export function statusOf(match: Match, you: Player | null): string {
  if (match.winner !== null) {
    if (you === null) {
      return `${COLOURS[match.winner]} wins!`;
    }
    return match.winner === you ? "You won!" : "You lost.";
  }
  if (!match.active) {
    return "It is a draw.";
  }
  if (you === null) {
    return `${COLOURS[match.turn]}’s turn`;
  }
  return match.turn === you ? "Your turn" : `${COLOURS[match.turn]}’s turn, wait for it`;
}

/** A match on the screen: whose turn it is, the board, and every move spoken aloud. */
export function GameScreen({ match, you, canMove, onDrop, children }: GameScreenProps) {
  const [spoken, setSpoken] = useState({ board: match.board, text: "" });
  const status = statusOf(match, you);

  if (spoken.board !== match.board) {
    const move = lastMove(spoken.board, match.board);
    const mover = move && discAt(match.board, move);
    const news = move && mover ? `${COLOURS[mover]} played column ${move.x + 1}. ` : "";
    setSpoken({ board: match.board, text: news + status });
  }

  useEffect(() => {
    document.title = `${status} – Connect 4`;
    return () => {
      document.title = "Connect 4";
    };
  }, [status]);

  return (
    <section className={styles.screen} aria-label="Game">
      <h2 className={styles.status} data-player={match.winner ?? (match.active ? match.turn : 0)}>
        <span className={styles.dot} aria-hidden="true" />
        {status}
      </h2>
      {you !== null && <p className={styles.you}>You play {COLOURS[you]}.</p>}
      <Board board={match.board} mover={canMove ? match.turn : null} onDrop={onDrop} />
      <p className="visually-hidden" role="status" aria-live="polite">
        {spoken.text}
      </p>
      <div className={styles.below}>{children}</div>
    </section>
  );
}
