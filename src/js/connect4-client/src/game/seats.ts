/** The seats that this browser holds in online games: nobody else can play them. */

import type { Game } from "../api/client";
import { isKept, keep, kept, keptUnder } from "../browser/storage";

const PREFIX = "connect4.seat.";
const SHOWN_FOR_MS = 7 * 24 * 60 * 60 * 1000;
// The secret is sent in a header: a request with anything else in it would fail for good.
const HEADER_TEXT = /^[ -~]+$/;

export interface Seat {
  readonly gameId: string;
  /** The player's secret. */
  readonly playerId: string;
  /** When the game was created, as the server says it. */
  readonly created: string;
  readonly over: boolean;
}

type SeatTaken = Pick<Game, "gameId" | "playerId" | "created" | "active">;

/** The seat that this browser holds in a game, if it holds one. */
export function rememberedSeat(gameId: string): Seat | null {
  const text = kept(PREFIX + gameId);
  return text === null ? null : seatFrom(text);
}

export function rememberSeat({ gameId, playerId, created, active }: SeatTaken): void {
  const seat: Seat = { gameId, playerId, created, over: !active };
  keep(PREFIX + gameId, JSON.stringify(seat));
}

/** The seat that a link led to: the server says the rest. */
export function rememberLinkedSeat(gameId: string, playerId: string): void {
  rememberSeat({ gameId, playerId, created: new Date().toISOString(), active: true });
}

/** Whether the seat outlasts the page: some browsers keep nothing, and a storage can be full. */
export function isSeatKept(gameId: string): boolean {
  return isKept(PREFIX + gameId);
}

/** The games of the last week that this browser can go on with, newest first, at most `limit`. */
export function unfinishedGames(now: number, limit: number): readonly Seat[] {
  return keptUnder(PREFIX)
    .map(seatFrom)
    .filter((seat) => seat !== null)
    .filter((seat) => !seat.over && now - Date.parse(seat.created) < SHOWN_FOR_MS)
    .sort((one, other) => other.created.localeCompare(one.created))
    .slice(0, limit);
}

function seatFrom(text: string): Seat | null {
  try {
    const seat = JSON.parse(text) as Seat | null;
    return typeof seat?.playerId === "string" && HEADER_TEXT.test(seat.playerId) ? seat : null;
  } catch {
    // Not ours, or damaged: as good as no seat.
    return null;
  }
}
