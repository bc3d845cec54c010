/**
 * Which pages of one browser may keep a stream open.
 *
 * Browsers give all their pages together six connections to a server without HTTP/2. Four are for
 * streams, so that there are always some for moves and questions.
 */

const SLOTS = [1, 2, 3, 4].map((number) => `connect4.stream.${number}`);

/** Web Locks, which tell pages of each other; a page that came without HTTPS has none. */
function locks(): LockManager | undefined {
  return navigator.locks;
}

/** Whether a page may keep its stream while nobody looks at it. */
export function mayWatchHidden(): boolean {
  return locks() !== undefined;
}

/**
 * Takes a slot; returns what gives it back, or null if there is none free.
 *
 * Where pages do not know of each other, each one has a slot while somebody looks at it.
 */
export async function takeStreamSlot(): Promise<(() => void) | null> {
  if (!mayWatchHidden()) {
    return document.hidden ? null : () => {};
  }
  for (const slot of SLOTS) {
    const release = await lock(slot);
    if (release !== null) {
      return release;
    }
  }
  return null;
}

function lock(name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    locks()
      ?.request(name, { ifAvailable: true }, (held) =>
        // The lock is held until the promise that this returns is settled.
        held === null ? resolve(null) : new Promise<void>((release) => resolve(release)),
      )
      .catch(reject);
  });
}
