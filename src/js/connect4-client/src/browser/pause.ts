/** Waiting between two questions to the server, with regard to the person before the page. */

// Nobody waits for what a hidden page hears, but somebody wants to be told.
const HIDDEN_FACTOR = 5;

/**
 * Resolves after some milliseconds, five times as many in a hidden page; at once when the signal
 * aborts, when the network comes or goes, and when a hidden page is looked at again.
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    function end() {
      clearTimeout(timer);
      over.abort();
      resolve();
    }
    function endIfSeen() {
      if (!document.hidden) {
        end();
      }
    }
    const timer = setTimeout(end, document.hidden ? milliseconds * HIDDEN_FACTOR : milliseconds);
    document.addEventListener("visibilitychange", endIfSeen, { signal: over.signal });
    window.addEventListener("online", end, { signal: over.signal });
    window.addEventListener("offline", end, { signal: over.signal });
    signal.addEventListener("abort", end, { signal: over.signal });
    if (signal.aborted) {
      end();
    }
  });
}

/** About so long: not all browsers ask at once, when the server comes back. */
export function jittered(milliseconds: number): number {
  return milliseconds * (0.75 + Math.random() / 2);
}
