/** The moves that this browser has sent, and that the server has not answered. */

import { forget, keep, kept } from "../browser/storage";

const PREFIX = "connect4.move.";

export interface PendingMove {
  readonly column: number;
  /** How many moves were played before it. */
  readonly move: number;
}

/** Kept before it is sent: who comes back to the game, by Back or by a reload, has still made it. */
export function rememberMove(gameId: string, { column, move }: PendingMove): void {
  keep(PREFIX + gameId, JSON.stringify({ column, move }));
}

/** The move that was sent last in a game, if it has no answer. */
export function unansweredMove(gameId: string): PendingMove | null {
  try {
    const { column, move }: Partial<PendingMove> = JSON.parse(kept(PREFIX + gameId) ?? "{}") ?? {};
    return typeof column === "number" && typeof move === "number" ? { column, move } : null;
  } catch {
    // Not ours, or damaged: as good as no move.
    return null;
  }
}

/** The server has answered: the move is made, or there is none. */
export function moveSettled(gameId: string): void {
  forget(PREFIX + gameId);
}
