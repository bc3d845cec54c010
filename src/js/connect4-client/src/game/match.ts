/** What the screens draw: a game in the same shape, whether it is played here or over the network. */

import { type Board, isFull, type Player, playerToMove, winner } from "./rules";

export interface Match {
  readonly board: Board;
  readonly turn: Player;
  /** True until won or drawn. */
  readonly active: boolean;
  readonly winner: Player | null;
}

export const COLOURS: Record<Player, string> = { 1: "Red", 2: "Yellow" };

/** The match that a board is. */
export function matchOf(board: Board): Match {
  const won = winner(board);
  return {
    board,
    turn: playerToMove(board),
    active: won === null && !isFull(board),
    winner: won,
  };
}
