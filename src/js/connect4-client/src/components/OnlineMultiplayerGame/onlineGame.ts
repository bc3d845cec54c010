/** What is known of an online game, and what every piece of news makes of it. */

import type { Game } from "../../api/client";
import type { Connection } from "../../api/untilReached";
import { type Cell, lastMove, ply } from "../../game/rules";

export interface PendingMove {
  readonly column: number;
  /** Nobody knows whether it counted: the answer was lost. */
  readonly lost: boolean;
}

export interface OnlineGame {
  /** The newest state that the server told; null before the first. */
  readonly game: Game | null;
  readonly lastMove: Cell | null;
  /** The move that was sent and is not answered. It is not on the board. */
  readonly pending: PendingMove | null;
  readonly connection: Connection;
  /** The server's reason why there is nothing to play; null if there is. */
  readonly refusal: string | null;
  /** What went wrong with the last move, for a person. */
  readonly notice: string | null;
}

export type OnlineNews =
  | { type: "state"; game: Game }
  | { type: "connection"; connection: Connection }
  | { type: "refused"; message: string }
  | { type: "moveSent"; column: number }
  | { type: "moveRefused"; message: string }
  | { type: "moveLost" };

export const UNKNOWN_GAME: OnlineGame = {
  game: null,
  lastMove: null,
  pending: null,
  connection: "online",
  refusal: null,
  notice: null,
};

const MOVE_NOT_MADE = "Your disc did not arrive. Drop it again.";

const REFUSED_MOVES: Record<string, string> = {
  "Column is full": "That column is full.",
  "Game is over": "The game is over already.",
  "Not your turn": "It is not your turn.",
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
      return { ...known, pending: { column: news.column, lost: false }, notice: null };
    case "moveRefused":
      return {
        ...known,
        pending: null,
        notice: REFUSED_MOVES[news.message] ?? `The server refuses: ${news.message}.`,
      };
    case "moveLost":
      return {
        ...known,
        pending: known.pending && { ...known.pending, lost: true },
        connection: "lost",
      };
  }
}

function withState(known: OnlineGame, game: Game): OnlineGame {
  const before = known.game;
  if (before === null) {
    return { ...known, game };
  }
  const dropped = ply(game.board) - ply(before.board);
  // Answers can overtake each other, but a game only ever gains discs and players.
  if (dropped < 0 || game.playerCount < before.playerCount) {
    return known;
  }
  if (dropped > 0) {
    const last = lastMove(before.board, game.board);
    return { ...known, game, lastMove: last, pending: null, notice: null };
  }
  if (known.pending?.lost) {
    return { ...known, game, pending: null, notice: MOVE_NOT_MADE };
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
