/** The joins that this browser has begun, and that the server has not answered. */

import { forget, keep, kept } from "../browser/storage";
import { newSecret } from "./secret";

const PREFIX = "connect4.join.";

/**
 * The secret to join a game with, which is kept before it is used: the same for every try until the
 * join is settled, after a reload and in another tab as well.
 */
export function secretToJoin(gameId: string): string {
  const secret = kept(PREFIX + gameId) ?? newSecret();
  keep(PREFIX + gameId, secret);
  return secret;
}

/** Whether a join was sent that has no answer: this browser may have a seat in the game. */
export function isJoining(gameId: string): boolean {
  return kept(PREFIX + gameId) !== null;
}

/** The server has answered: with the seat, or that there is none. */
export function joinSettled(gameId: string): void {
  forget(PREFIX + gameId);
}
