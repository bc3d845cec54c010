/** Keeps a game up to date: the server tells it, or is asked where its stream does not get through. */

import { jittered, pause } from "../browser/pause";
import { takeStreamSlot } from "../browser/streamSlot";
import { type Api, type Game, isBefore, Refused, Unreachable } from "./client";
import { type Ending, follow, type Stream } from "./stream";
import { type Connection, untilReached } from "./untilReached";

export interface Subscriber {
  /** Never a state from before one that was told already. */
  onState(game: Game): void;
  onConnection(connection: Connection): void;
  /** The server knows no such game or player. Nothing comes after it. */
  onRefused(refusal: Refused): void;
}

export interface Subscription {
  /** Asks at once; what was asked before and is not answered is not told any more. */
  refresh(): void;
  /** Takes note of a state that came another way, such as the answer to a move. */
  know(game: Game): void;
  close(): void;
}

// Without a stream.
const OTHERS_TURN_MS = 3000;
// Only to see whether the server is still there, and what the same person does in another tab.
const OWN_TURN_MS = 10_000;
// How long to do without a stream before it is tried again: longer every time that it fails.
const FIRST_STREAMLESS_MS = 15_000;
const LONGEST_STREAMLESS_MS = 300_000;

/** Tells how the game is now, and again until it is over or the subscription is closed. */
export function subscribe(
  api: Api,
  gameId: string,
  playerId: string,
  subscriber: Subscriber,
): Subscription {
  let closed = false;
  let round = new AbortController();
  let stream: Stream | null = null;
  let known: Game | null = null;
  // How many streams in a row told nothing, although the server answers.
  let silentStreams = 0;
  let streamlessUntil = 0;

  function close() {
    closed = true;
    round.abort();
  }

  function show(game: Game) {
    if (closed || (known !== null && isBefore(game, known))) {
      return;
    }
    known = game;
    subscriber.onState(game);
    if (!game.active) {
      close();
    }
  }

  function know(game: Game) {
    const isNews = known === null || isBefore(known, game);
    show(game);
    if (isNews && stream !== null) {
      stream.expectNews();
    } else if (isNews) {
      // It may be the other's turn now: that is another pace.
      round.abort();
    }
  }

  async function watch(signal: AbortSignal): Promise<Ending | "crowded"> {
    const giveBack = await takeStreamSlot();
    if (giveBack === null) {
      return "crowded";
    }
    try {
      const source = await api.watchGame(gameId, playerId, () => stream?.hear());
      stream = follow(source, onStreamed, signal);
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

  function onStreamed(game: Game) {
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
      await pause(jittered(isOwnTurn(known) ? OWN_TURN_MS : OTHERS_TURN_MS), signal);
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

function isOwnTurn(game: Game | null): boolean {
  return game !== null && game.playerCount === 2 && game.activePlayer === game.playerNumber;
}
