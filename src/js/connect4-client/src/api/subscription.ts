/** Keeps a game up to date: the server tells it, or is asked where its stream does not get through. */

import { jittered, pause } from "../browser/pause";
import { takeStreamSlot } from "../browser/streamSlot";
import { type Api, Refused, Unreachable } from "./client";
import { isBefore, type WatchedGame } from "./game";
import type { Presence } from "./presence";
import { follow, type Stream, type StreamEnding } from "./stream";
import { type Connection, untilReached } from "./untilReached";

export interface Subscriber {
  /** Never a state from before one that was told already. */
  onState(game: WatchedGame): void;
  /** Null: there is no stream, and so nobody knows who is there. */
  onPresence(presence: Presence | null): void;
  onConnection(connection: Connection): void;
  /** The server knows no such game or player. Nothing comes after it. */
  onRefused(refusal: Refused): void;
}

export interface Subscription {
  /** Asks at once; what was asked before and is not answered is not told any more. */
  refresh(): void;
  /** Takes note of a state that came another way, such as the answer to a move. */
  know(game: WatchedGame): void;
  close(): void;
}

// Without a stream.
const OTHERS_TURN_MS = 3000;
// Only to see whether the server is still there, and what the same person does in another tab; and
// after the end, whether somebody wants another game.
const OWN_TURN_MS = 10_000;
// How long to do without a stream before it is tried again: longer every time that it fails.
const FIRST_STREAMLESS_MS = 15_000;
const LONGEST_STREAMLESS_MS = 300_000;
// How long somebody may want another game after the end, as in the server's streams.
const OVER_MS = 60 * 60 * 1000;

/**
 * Tells how the game is now, and again until the subscription is closed, or the game is over and
 * followed by another one, or over for an hour.
 */
export function subscribe(
  api: Api,
  gameId: string,
  playerId: string | null,
  subscriber: Subscriber,
): Subscription {
  let closed = false;
  let round = new AbortController();
  let stream: Stream | null = null;
  let known: WatchedGame | null = null;
  // How many streams in a row told nothing, although the server answers.
  let silentStreams = 0;
  let streamlessUntil = 0;
  let overSince: number | null = null;

  function close() {
    closed = true;
    round.abort();
  }

  function show(game: WatchedGame) {
    if (closed || (known !== null && isBefore(game, known))) {
      return;
    }
    known = game;
    subscriber.onState(game);
    if (game.active) {
      overSince = null;
    } else if (game.nextGameId !== null) {
      close();
    } else {
      overSince ??= Date.now();
    }
  }

  function know(game: WatchedGame) {
    const isNews = known === null || isBefore(known, game);
    show(game);
    if (isNews && stream !== null) {
      stream.expectNews();
    } else if (isNews) {
      // It may be the other's turn now: that is another pace.
      round.abort();
    }
  }

  async function watch(signal: AbortSignal): Promise<StreamEnding | "crowded"> {
    const giveBack = await takeStreamSlot();
    if (giveBack === null) {
      return "crowded";
    }
    try {
      const source = await api.watchGame(gameId, playerId, () => stream?.hear());
      stream = follow(
        source,
        {
          onGame: onStreamed,
          onPresence: (presence) => subscriber.onPresence(presence),
          onConnection: (connection) => subscriber.onConnection(connection),
        },
        signal,
      );
      return await stream.ended;
    } catch (error) {
      if (error instanceof Unreachable) {
        return "broken";
      }
      throw error;
    } finally {
      stream = null;
      giveBack();
    }
  }

  function onStreamed(game: WatchedGame) {
    silentStreams = 0;
    subscriber.onConnection("online");
    show(game);
  }

  /** Shows the answer, when there is one; returns whether the first question had it. */
  async function ask(signal: AbortSignal): Promise<boolean> {
    let atOnce = true;
    function onConnection(connection: Connection) {
      atOnce &&= connection === "online";
      subscriber.onConnection(connection);
    }
    show(await untilReached(() => api.getGame(gameId, playerId, signal), onConnection, signal));
    return atOnce;
  }

  async function watchOrAsk(signal: AbortSignal) {
    const ending = Date.now() < streamlessUntil ? null : await watch(signal);
    signal.throwIfAborted();
    if (ending === "due") {
      return;
    }
    subscriber.onPresence(null);
    if (overSince !== null && (ending === "over" || Date.now() - overSince > OVER_MS)) {
      close();
      return;
    }
    const atOnce = await ask(signal);
    if (!atOnce) {
      // The server was away; that says nothing about streams.
      streamlessUntil = 0;
    } else if (ending === "silent") {
      const wait = Math.min(FIRST_STREAMLESS_MS * 2 ** silentStreams, LONGEST_STREAMLESS_MS);
      streamlessUntil = Date.now() + jittered(wait);
      silentStreams += 1;
    }
    if (ending === "crowded" || Date.now() < streamlessUntil) {
      await pause(jittered(isOthersTurn(known) ? OTHERS_TURN_MS : OWN_TURN_MS), signal);
    }
  }

  async function run() {
    while (!closed) {
      round = new AbortController();
      const { signal } = round;
      try {
        await watchOrAsk(signal);
      } catch (error) {
        if (error instanceof Refused) {
          close();
          subscriber.onRefused(error);
        } else if (!signal.aborted) {
          throw error;
        }
      }
    }
  }

  run();
  return { refresh: () => round.abort(), know, close };
}

function isOthersTurn(game: WatchedGame | null): boolean {
  return (
    game?.active === true && !(game.playerCount === 2 && game.activePlayer === game.playerNumber)
  );
}
