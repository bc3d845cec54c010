/** A game as the screens draw it, whether it is played here or over the network. */

import { type Board, isFull, type Player, playerToMove, winner } from "./rules";

export interface Match {
  readonly board: Board;
  readonly turn: Player;
  /** True until won or drawn. */
  readonly active: boolean;
  readonly winner: Player | null;
}

export const COLOURS: Record<Player, string> = { 1: "Red", 2: "Yellow" };

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

/** How a match stands, in the words of `you`, or of both players if they share a screen (null). */
export function statusOf(match: Match, you: Player | null): string {
  if (match.winner !== null) {
    if (you === null) {
      return `${COLOURS[match.winner]} wins!`;
    }
    return match.winner === you ? "You won!" : "You lost.";
  }
  if (!match.active) {
    return "It is a draw.";
  }
  if (you === null) {
    return `${COLOURS[match.turn]}’s turn`;
  }
  return match.turn === you ? "Your turn" : `${COLOURS[match.turn]}’s turn, wait for it`;
}
