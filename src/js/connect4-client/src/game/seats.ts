/** The seats that this browser holds in online games, and how these games stand. */

import type { Game } from "../api/game";
import { forget, isKept, keep, kept, keptUnder } from "../browser/storage";

const PREFIX = "connect4.seat.";
// The secret is sent in a header: a request with anything else in it would fail for good.
const HEADER_TEXT = /^[ -~]+$/;

/** What is kept of a game's state. */
export type Standing = Pick<
  Game,
  "playerNumber" | "playerCount" | "active" | "activePlayer" | "winner"
> &
  // Servers of the release before tell neither.
  Partial<Pick<Game, "ending" | "names">>;

export interface Seat {
  readonly gameId: string;
  /** The player's secret. */
  readonly playerId: string;
  /** When the game was created, as the server says it. */
  readonly created: string;
  readonly over: boolean;
  /** The newest state that this browser knows; earlier releases kept none. */
  readonly standing?: Standing;
  /** The server has no such game or seat any more. */
  readonly gone?: boolean;
}

/** The seat that this browser holds in a game, if it holds one. */
export function rememberedSeat(gameId: string): Seat | null {
  const text = kept(PREFIX + gameId);
  return text === null ? null : seatFrom(text);
}

/** Keeps the seat of a game, or how it stands now. */
export function rememberSeat(game: Game): void {
  const { gameId, playerId, created, playerNumber, playerCount, names } = game;
  const { active, activePlayer, winner, ending } = game;
  const standing = { playerNumber, playerCount, names, active, activePlayer, winner, ending };
  keepSeat({ gameId, playerId, created, over: !active, standing });
}

/** The seat that a link led to: the server says the rest. */
export function rememberLinkedSeat(gameId: string, playerId: string): void {
  keepSeat({ gameId, playerId, created: new Date().toISOString(), over: false });
}

export function keepSeat(seat: Seat): void {
  keep(PREFIX + seat.gameId, JSON.stringify(seat));
}

/** Whether the seat outlasts the page: some browsers keep nothing, and a storage can be full. */
export function isSeatKept(gameId: string): boolean {
  return isKept(PREFIX + gameId);
}

export function forgetSeat(gameId: string): void {
  forget(PREFIX + gameId);
}

/** All games that this browser has a seat in, the newest first by the server's clock. */
export function yourGames(): readonly Seat[] {
  return keptUnder(PREFIX)
    .map(seatFrom)
    .filter((seat) => seat !== null)
    .sort((one, other) => other.created.localeCompare(one.created));
}

function seatFrom(text: string): Seat | null {
  try {
    const seat = JSON.parse(text) as Partial<Seat> | null;
    const isSeat =
      typeof seat?.gameId === "string" &&
      typeof seat.playerId === "string" &&
      typeof seat.created === "string" &&
      HEADER_TEXT.test(seat.playerId);
    return isSeat ? (seat as Seat) : null;
  } catch {
    // Not ours, or damaged: as good as no seat.
    return null;
  }
}
