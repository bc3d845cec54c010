/** Waiting between two questions to the server, with regard to the person before the page. */

/**
 * Resolves after some milliseconds; at once when the signal aborts, when the network is back and
 * when a hidden page is looked at again; not while the page is hidden.
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
    const timer = setTimeout(endIfSeen, milliseconds);
    document.addEventListener("visibilitychange", endIfSeen, { signal: over.signal });
    window.addEventListener("online", endIfSeen, { signal: over.signal });
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
