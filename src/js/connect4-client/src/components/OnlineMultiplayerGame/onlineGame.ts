/** What is known of an online game, and what every piece of news makes of it. */

import type { Act, Refused } from "../../api/client";
import { isBefore, type WatchedGame } from "../../api/game";
import type { Presence } from "../../api/presence";
import type { Connection } from "../../api/untilReached";

export interface OnlineGame {
  /** The newest state that the server told; null before the first. */
  readonly game: WatchedGame | null;
  /** Null while nobody knows who is there. */
  readonly presence: Presence | null;
  /** The move that is being sent and is not answered. It is not on the board. */
  readonly pending: { readonly column: number } | null;
  readonly connection: Connection;
  /** The server's reason why there is nothing to play; null if there is. */
  readonly refusal: string | null;
  /** The server's reason why it did not take the last move. */
  readonly refusedMove: string | null;
  /** What else is being sent and is not answered. */
  readonly acting: OnlineAct | null;
  /** Why the server did not do the last of that. */
  readonly refusedAct: Refused | null;
}

/** What a person does in a game, besides moving. */
export type OnlineAct = Act | "join";

export type OnlineNews =
  | { type: "state"; game: WatchedGame }
  | { type: "presence"; presence: Presence | null }
  | { type: "connection"; connection: Connection }
  | { type: "refused"; message: string }
  | { type: "moveSent"; column: number }
  | { type: "moveRefused"; message: string }
  | { type: "actSent"; act: OnlineAct }
  | { type: "actAnswered" }
  | { type: "actRefused"; refusal: Refused };

export const UNKNOWN_GAME: OnlineGame = {
  game: null,
  presence: null,
  pending: null,
  connection: "online",
  refusal: null,
  refusedMove: null,
  acting: null,
  refusedAct: null,
};

export function onlineGame(known: OnlineGame, news: OnlineNews): OnlineGame {
  switch (news.type) {
    case "state":
      return withState(known, news.game);
    case "presence":
      return { ...known, presence: news.presence };
    case "connection":
      return known.connection === news.connection
        ? known
        : { ...known, connection: news.connection };
    case "refused":
      return { ...known, refusal: news.message };
    case "moveSent":
      return { ...known, pending: { column: news.column }, refusedMove: null };
    case "moveRefused":
      // Who sees that the game has gone on needs no reason.
      return known.pending === null
        ? known
        : { ...known, pending: null, refusedMove: news.message };
    case "actSent":
      return { ...known, acting: news.act, refusedAct: null };
    case "actAnswered":
      return { ...known, acting: null };
    case "actRefused":
      return { ...known, acting: null, refusedAct: news.refusal };
  }
}

function withState(known: OnlineGame, game: WatchedGame): OnlineGame {
  const before = known.game;
  if (before === null) {
    return { ...known, game };
  }
  // News can overtake each other.
  if (isBefore(game, before)) {
    return known;
  }
  if (game.moves.length > before.moves.length) {
    return { ...known, game, pending: null, refusedMove: null };
  }
  return { ...known, game };
}

/** Whether the person here may drop a disc now. */
export function mayMove({ game, pending }: OnlineGame): boolean {
  if (game === null || pending !== null) {
    return false;
  }
  return game.active && game.playerCount === 2 && game.activePlayer === game.playerNumber;
}
