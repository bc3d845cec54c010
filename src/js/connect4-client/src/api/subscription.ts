/** Keeps a game up to date: asks the server for it while somebody else can change it. */

import { type Api, type Game, Refused } from "./client";

export type Connection = "online" | "lost";

export interface Watcher {
  onGame(game: Game): void;
  onConnection(connection: Connection): void;
  /** The server refuses: the game or the player is not there. Nothing more comes after it. */
  onRefused(error: Refused): void;
}

export interface Subscription {
  /** Asks at once, and goes on as before. */
  refresh(): void;
  close(): void;
}

const INTERVAL_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/** Whether another player's next act is awaited. */
function isWaiting(game: Game): boolean {
  return game.active && (game.playerCount < 2 || game.activePlayer !== game.playerNumber);
}

/** Calls the watcher with the game, now and after every change, until it is closed. */
export function subscribe(
  api: Api,
  gameId: string,
  playerId: string,
  watcher: Watcher,
): Subscription {
  const closed = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let asking = false;
  let askAgain = false;

  function after(milliseconds: number) {
    clearTimeout(timer);
    timer = setTimeout(ask, milliseconds);
  }

  async function ask() {
    clearTimeout(timer);
    if (closed.signal.aborted) {
      return;
    }
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      const game = await api.getGame(gameId, playerId, closed.signal);
      failures = 0;
      watcher.onConnection("online");
      watcher.onGame(game);
      // A hidden page asks again when it is looked at.
      if (isWaiting(game) && !document.hidden) {
        after(INTERVAL_MS);
      }
    } catch (error) {
      if (closed.signal.aborted) {
        return;
      }
      if (error instanceof Refused) {
        close();
        watcher.onRefused(error);
        return;
      }
      failures += 1;
      watcher.onConnection("lost");
      const wait = Math.min(LONGEST_WAIT_MS, INTERVAL_MS * 1.5 ** failures);
      after(wait * (0.75 + Math.random() / 2));
    } finally {
      asking = false;
      if (askAgain) {
        askAgain = false;
        after(0);
      }
    }
  }

  function wake() {
    if (!document.hidden) {
      ask();
    }
  }

  function close() {
    closed.abort();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  }

  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  ask();
  return { refresh: ask, close };
}
