"use client";

import { type FormEvent, useState } from "react";
import { gameIdIn } from "../../game/link";
import styles from "./StartGame.module.css";

interface StartGameProps {
  /** Creates an online game and goes there; rejects with what a person should be told. */
  onNewGame(): Promise<void>;
  onJoin(gameId: string): void;
  onLocal(): void;
}

/** The first screen: a new online game, a friend's game, or one at this screen. */
export function StartGame({ onNewGame, onJoin, onLocal }: StartGameProps) {
  const [creating, setCreating] = useState(false);
  const [problem, setProblem] = useState("");

  async function create() {
    setCreating(true);
    setProblem("");
    try {
      await onNewGame();
    } catch {
      setProblem("The server cannot be reached. Try again, or play at this screen.");
      setCreating(false);
    }
  }

  function join(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const gameId = gameIdIn(String(new FormData(event.currentTarget).get("game")));
    if (gameId === null) {
      setProblem("This is no link to a game, and no game’s id.");
    } else {
      onJoin(gameId);
    }
  }

  return (
    <section className={styles.start} aria-label="Start a game">
      <p className={styles.lead}>Four in a row wins. Play a friend, wherever they are.</p>
      <button type="button" className="button primary" disabled={creating} onClick={create}>
        New online game
      </button>
      <form className={styles.join} onSubmit={join}>
        <label htmlFor="game">Link or id of a friend’s game</label>
        <div>
          <input id="game" name="game" required autoComplete="off" spellCheck={false} />
          <button type="submit" className="button">
            Join
          </button>
        </div>
      </form>
      <button type="button" className="button" onClick={onLocal}>
        Local game for two
      </button>
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    </section>
  );
}
