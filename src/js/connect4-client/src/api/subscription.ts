/** Keeps a game up to date, by asking the server for it again and again. */

import { pause } from "../browser/pause";
import { type Api, type Game, Refused } from "./client";
import { type Connection, untilReached } from "./untilReached";

export interface Subscriber {
  onState(game: Game): void;
  onConnection(connection: Connection): void;
  /** The server knows no such game or player. Nothing comes after it. */
  onRefused(refusal: Refused): void;
}

export interface Subscription {
  /** Asks at once; what was asked before and is not answered is not told any more. */
  refresh(): void;
  close(): void;
}

const OTHERS_TURN_MS = 1000;
// Only to see whether the server is still there, and what the same person does in another tab.
const OWN_TURN_MS = 3000;

/** Tells how the game is now, and again until it is over or the subscription is closed. */
export function subscribe(
  api: Api,
  gameId: string,
  playerId: string,
  subscriber: Subscriber,
): Subscription {
  let closed = false;
  let round = new AbortController();

  async function run() {
    while (!closed) {
      round = new AbortController();
      const { signal } = round;
      try {
        const game = await untilReached(
          () => api.getGame(gameId, playerId, signal),
          subscriber.onConnection,
          signal,
        );
        subscriber.onState(game);
        if (!game.active) {
          return;
        }
        await pause(waitsForOther(game) ? OTHERS_TURN_MS : OWN_TURN_MS, signal);
      } catch (error) {
        if (error instanceof Refused) {
          subscriber.onRefused(error);
          return;
        }
        if (!signal.aborted) {
          throw error;
        }
      }
    }
  }

  run();
  return {
    refresh: () => round.abort(),
    close: () => {
      closed = true;
      round.abort();
    },
  };
}

function waitsForOther(game: Game): boolean {
  return game.playerCount < 2 || game.activePlayer !== game.playerNumber;
}
