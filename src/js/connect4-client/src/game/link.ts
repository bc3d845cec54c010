/** A game's link: the page's own address with ?game=ID. */

// Copied from a message, a link may have lost its beginning, and have other text around it.
const IN_A_LINK = /\bgame=([a-zA-Z0-9]{32})(?![a-zA-Z0-9])/;
const AT_THE_BEGINNING = /^[^a-zA-Z0-9]*([a-zA-Z0-9]{32})(?![a-zA-Z0-9])/;
// Format characters, such as the zero-width space: messengers put them into long words.
const UNSEEN = /\p{Cf}/gu;
const SEAT = /^#seat=([a-zA-Z0-9]{32})$/;

/** The id in what a person typed or pasted: an id, or a link to a game; null if it is neither. */
export function gameIdIn(text: string): string | null {
  const seen = text.replace(UNSEEN, "");
  return IN_A_LINK.exec(seen)?.[1] ?? AT_THE_BEGINNING.exec(seen)?.[1] ?? null;
}

/** The secret of a seat in the part of an address that is sent to no server; null if there is none. */
export function seatIn(hash: string): string | null {
  return SEAT.exec(hash)?.[1] ?? null;
}

/** The link that brings a player back to their seat: it has the seat's secret, and is for them alone. */
export function linkToSeat(gameId: string, playerId: string): string {
  return `${linkTo(gameId)}#seat=${playerId}`;
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
