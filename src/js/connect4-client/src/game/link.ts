/** A game's link: the page's own address with ?game=ID. */

const GAME_ID = /^[a-zA-Z0-9]{32}$/;

/** The id in what a person typed or pasted: an id, or a link to a game; null if it is neither. */
export function gameIdIn(text: string): string | null {
  const trimmed = text.trim();
  if (GAME_ID.test(trimmed)) {
    return trimmed;
  }
  // Copied from a message, a link may have lost its scheme: example.org/?game=…
  const id = /[?&]game=([a-zA-Z0-9]+)(?:[&#]|$)/.exec(trimmed)?.[1] ?? "";
  return GAME_ID.test(id) ? id : null;
}

/** Whether a link leads to the computer of whoever opens it: its host is a loopback address. */
export function isForThisComputer(link: string): boolean {
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(new URL(link).hostname);
}

/** The link that a friend opens to join, at the page's own address or another one of it. */
export function linkTo(gameId: string, page = window.location.href): string {
  const url = new URL(page);
  url.search = new URLSearchParams({ game: gameId }).toString();
  url.hash = "";
  return url.href;
}
