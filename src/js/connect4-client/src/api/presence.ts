/** Who is at a game, as its stream tells it. */

export interface Presence {
  /** Whether players 1 and 2 are there; null if they were never seen. */
  readonly players: readonly (boolean | null)[];
  /** Since when players 1 and 2 are away, by this device's clock; null if they are not. */
  readonly goneSince: readonly (number | null)[];
  /** How many people watch without playing. */
  readonly watchers: number;
}

interface Told {
  players: (boolean | null)[];
  /** In seconds. */
  gone: (number | null)[];
  watchers: number;
}

/** What an event says that comes now. */
export function presenceIn(data: string): Presence {
  const { players, gone, watchers } = JSON.parse(data) as Told;
  const now = Date.now();
  return {
    players,
    goneSince: gone.map((seconds) => (seconds === null ? null : now - seconds * 1000)),
    watchers,
  };
}
