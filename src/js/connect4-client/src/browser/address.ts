/** The page's own address, which says what is on: links, reload, Back and Forward just work. */

import { useSyncExternalStore } from "react";

// pushState tells nobody, so `navigate` does.
const NAVIGATED = "connect4:navigated";

/** Goes to another ?query of this page. */
export function navigate(search: string): void {
  window.history.pushState(null, "", window.location.pathname + search);
  window.dispatchEvent(new Event(NAVIGATED));
}

/** The page's ?query, or null while it is rendered without a browser. */
export function useAddress(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => null,
  );
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("popstate", onChange);
  window.addEventListener(NAVIGATED, onChange);
  return () => {
    window.removeEventListener("popstate", onChange);
    window.removeEventListener(NAVIGATED, onChange);
  };
}
