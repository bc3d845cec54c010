/** A game as the server tells it, typed by its OpenAPI document. */

import type { components } from "./schema";

/** A game as one of its players sees it. */
export type Game = components["schemas"]["Game"];

/** A game as anybody sees it: `playerId` and `playerNumber` are null for those who only watch. */
export type WatchedGame = components["schemas"]["WatchedGame"];

export type Ending = NonNullable<Game["ending"]>;

/** What servers of the release before do not tell. */
type Newer =
  | "version"
  | "ending"
  | "names"
  | "opening"
  | "firstPlayer"
  | "drawOfferedBy"
  | "rematchOfferedBy"
  | "nextGameId"
  | "previousGameId"
  | "series";

type Told<G extends WatchedGame> = Omit<G, Newer> & Partial<Pick<G, Newer>>;

/** A game with all its fields, whichever release of the server told it. */
export function complete<G extends WatchedGame>(told: Told<G>): G {
  const unknown: Pick<WatchedGame, Newer> = {
    version: told.playerCount + told.moves.length,
    ending: null,
    names: [null, null],
    opening: 0,
    firstPlayer: "creator",
    drawOfferedBy: null,
    rematchOfferedBy: null,
    nextGameId: null,
    previousGameId: null,
    series: { wins: [0, 0], draws: 0 },
  };
  return { ...unknown, ...told } as G;
}

export function isPlayers(game: WatchedGame): game is Game {
  return game.playerNumber !== null;
}

/**
 * Whether one state is older than another: a game only ever gains players, moves and other changes.
 *
 * Servers of the release before do not count the other changes, so players and moves come first.
 */
export function isBefore(one: WatchedGame, other: WatchedGame): boolean {
  return size(one) < size(other) || (size(one) === size(other) && one.version < other.version);
}

function size({ playerCount, moves }: WatchedGame): number {
  return playerCount + moves.length;
}
