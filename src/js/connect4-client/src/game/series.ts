/** How a series of games stands, with the one at hand. */

import type { WatchedGame } from "../api/game";

export interface Score {
  /** The number of the game at hand in its series, from 1. */
  readonly game: number;
  /** Nothing is decided yet. */
  readonly isOpen: boolean;
  /** Won by the present players 1 and 2. */
  readonly wins: readonly [number, number];
  readonly draws: number;
}

export function scoreOf({ series, active, winner }: WatchedGame): Score {
  const [first = 0, second = 0] = series.wins;
  const before = first + second + series.draws;
  return {
    game: before + 1,
    isOpen: before === 0 && active,
    wins: [first + Number(winner === 1), second + Number(winner === 2)],
    draws: series.draws + Number(!active && winner === null),
  };
}
