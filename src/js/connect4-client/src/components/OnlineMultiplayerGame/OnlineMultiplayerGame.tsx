"use client";

import { useRef, useState } from "react";
import type { Api } from "../../api/client";
import { linkTo } from "../../game/link";
import type { Match } from "../../game/match";
import type { Board, Player } from "../../game/rules";
import { GameScreen } from "../GameScreen/GameScreen";
import styles from "./OnlineMultiplayerGame.module.css";
import { useOnlineGame } from "./useOnlineGame";

interface OnlineMultiplayerGameProps {
  api: Api;
  gameId: string;
  onNewGame(): void;
  onLeave(): void;
}

/** A game over the network, from the invitation to the end. */
export function OnlineMultiplayerGame(props: OnlineMultiplayerGameProps) {
  const { api, gameId, onNewGame, onLeave } = props;
  const { game, connection, moving, problem, move } = useOnlineGame(api, gameId);

  if (problem !== null) {
    return (
      <section className={styles.problem}>
        <p role="alert">{problem}</p>
        <button type="button" className="button primary" onClick={onNewGame}>
          New online game
        </button>
        <button type="button" className="button" onClick={onLeave}>
          Back to the start
        </button>
      </section>
    );
  }

  const banner = (
    <p className={styles.banner} role="alert">
      {connection === "lost" && "Connection lost, trying again…"}
    </p>
  );
  if (game === null) {
    return (
      <>
        {banner}
        <p className={styles.loading} role="status">
          Opening the game…
        </p>
      </>
    );
  }
  if (game.playerCount < 2) {
    return (
      <>
        {banner}
        <Invitation gameId={gameId} />
      </>
    );
  }

  const you = game.playerNumber as Player;
  const match: Match = {
    board: game.board as Board,
    turn: game.activePlayer as Player,
    active: game.active,
    winner: game.winner as Player | null,
  };
  return (
    <>
      {banner}
      <GameScreen
        match={match}
        you={you}
        canMove={match.active && match.turn === you && !moving}
        onDrop={move}
      >
        {!match.active && (
          <button type="button" className="button primary" onClick={onNewGame}>
            Play again
          </button>
        )}
        <Created at={game.created} />
      </GameScreen>
    </>
  );
}

function Created({ at }: { at: string }) {
  const shown = new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <p className={styles.created}>
      Game created <time dateTime={at}>{shown}</time>
    </p>
  );
}

function Invitation({ gameId }: { gameId: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const link = linkTo(gameId);

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setSaid("Copied.");
    } catch {
      // Not allowed, or no secure page: the person copies by hand.
      field.current?.select();
      setSaid("Press Ctrl-C to copy it.");
    }
  }

  return (
    <section className={styles.invitation} aria-labelledby="invite">
      <h2 id="invite">Waiting for your friend…</h2>
      <p>Send this link to a friend. The game begins when they open it.</p>
      <label className={styles.link}>
        <span className="visually-hidden">Link to this game</span>
        <input ref={field} readOnly value={link} onFocus={(event) => event.target.select()} />
      </label>
      <div className={styles.actions}>
        <button type="button" className="button primary" onClick={copy}>
          Copy link
        </button>
        {"share" in navigator && (
          <button
            type="button"
            className="button"
            onClick={() =>
              navigator.share({ title: "Connect 4", url: link }).catch(() => undefined)
            }
          >
            Share…
          </button>
        )}
      </div>
      <p role="status">{said}</p>
    </section>
  );
}
