/** Patience with a server that cannot be reached. */

import { jittered, pause } from "../browser/pause";
import { Unreachable } from "./client";

export type Connection = "online" | "lost";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5000;

/**
 * Asks until there is an answer, with growing waits, and tells every time how the connection is.
 *
 * Throws what `ask` throws, unless it is Unreachable; the signal's reason when it aborts.
 */
export async function untilReached<T>(
  ask: () => Promise<T>,
  onConnection: (connection: Connection) => void,
  signal: AbortSignal,
): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    try {
      const answer = await ask();
      signal.throwIfAborted();
      onConnection("online");
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Unreachable)) {
        throw error;
      }
    }
    onConnection("lost");
    await pause(jittered(wait), signal);
    signal.throwIfAborted();
  }
}
