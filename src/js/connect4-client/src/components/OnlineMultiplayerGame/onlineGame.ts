/** What is known of an online game, and what every piece of news makes of it. */

import { type Game, isBefore } from "../../api/client";
import type { Connection } from "../../api/untilReached";
import { type Cell, lastMove, ply } from "../../game/rules";

export interface OnlineGame {
  /** The newest state that the server told; null before the first. */
  readonly game: Game | null;
  readonly lastMove: Cell | null;
  /** The move that is being sent and is not answered. It is not on the board. */
  readonly pending: { readonly column: number } | null;
  readonly connection: Connection;
  /** The server's reason why there is nothing to play; null if there is. */
  readonly refusal: string | null;
  /** The server's reason why it did not take the last move. */
  readonly refusedMove: string | null;
}

export type OnlineNews =
  | { type: "state"; game: Game }
  | { type: "connection"; connection: Connection }
  | { type: "refused"; message: string }
  | { type: "moveSent"; column: number }
  | { type: "moveRefused"; message: string };

export const UNKNOWN_GAME: OnlineGame = {
  game: null,
  lastMove: null,
  pending: null,
  connection: "online",
  refusal: null,
  refusedMove: null,
};

export function onlineGame(known: OnlineGame, news: OnlineNews): OnlineGame {
  switch (news.type) {
    case "state":
      return withState(known, news.game);
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
  }
}

function withState(known: OnlineGame, game: Game): OnlineGame {
  const before = known.game;
  if (before === null) {
    return { ...known, game };
  }
  // News can overtake each other.
  if (isBefore(game, before)) {
    return known;
  }
  if (ply(game.board) > ply(before.board)) {
    const last = lastMove(before.board, game.board);
    return { ...known, game, lastMove: last, pending: null, refusedMove: null };
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
