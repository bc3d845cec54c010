/** A game as the screens draw it, whether it is played here or over the network. */

import type { Words } from "../words/en";
import { type Board, isFull, type Player, playerToMove, winner } from "./rules";

export interface Match {
  readonly board: Board;
  readonly turn: Player;
  /** True until won or drawn. */
  readonly active: boolean;
  readonly winner: Player | null;
}

export const PLAYERS: readonly Player[] = [1, 2];

/** What a board alone tells. */
export function matchOf(board: Board): Match {
  const won = winner(board);
  return {
    board,
    turn: playerToMove(board),
    active: won === null && !isFull(board),
    winner: won,
  };
}

/** How a match stands, said to `you`, or to both players if they share a screen (null). */
export function statusOf(match: Match, you: Player | null, { game, colours }: Words): string {
  if (match.winner !== null) {
    if (you === null) {
      return game.wins(colours[match.winner]);
    }
    return match.winner === you ? game.youWon : game.youLost;
  }
  if (!match.active) {
    return game.draw;
  }
  if (you === null) {
    return game.turn(colours[match.turn]);
  }
  return match.turn === you ? game.yourTurn : game.waitForTurn(colours[match.turn]);
}
