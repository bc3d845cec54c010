/** The page's own address, which says what is on: links, reload, Back and Forward just work. */

import { useSyncExternalStore } from "react";

// pushState tells nobody, so `navigate` does.
const NAVIGATED = "connect4:navigated";

/** Goes to another ?query of this page. */
export function navigate(search: string): void {
  window.history.pushState(null, "", window.location.pathname + search);
  window.dispatchEvent(new Event(NAVIGATED));
}

/** A parameter of the page's ?query; null if it is not there. */
export function parameter(name: string): string | null {
  return new URLSearchParams(window.location.search).get(name);
}

/** Sets a parameter of the page's ?query, or takes it away: not another place to come back to. */
export function setParameter(name: string, value: string | null): void {
  if (parameter(name) === value) {
    return;
  }
  const query = new URLSearchParams(window.location.search);
  if (value === null) {
    query.delete(name);
  } else {
    query.set(name, value);
  }
  // "?local", as links have it, and not "?local=".
  const search = query.toString().replace(/=(?=&|$)/g, "");
  window.history.replaceState(null, "", `${window.location.pathname}?${search}`);
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
