/** Web Locks in memory: take the place of the real ones, which know of other tests, too. */

import { vi } from "vitest";

type Held = { name: string } | null;

export class FakeLocks {
  readonly #held = new Set<string>();

  constructor() {
    vi.spyOn(navigator, "locks", "get").mockReturnValue(this as unknown as LockManager);
  }

  /** How many are held. */
  get count(): number {
    return this.#held.size;
  }

  /** As a request with `ifAvailable`. */
  async request(
    name: string,
    _: { ifAvailable: true },
    use: (lock: Held) => Promise<void> | undefined,
  ): Promise<void> {
    if (this.#held.has(name)) {
      await use(null);
      return;
    }
    this.#held.add(name);
    try {
      await use({ name });
    } finally {
      this.#held.delete(name);
    }
  }
}

/** As on a page that came without HTTPS, until the test ends. */
export function withoutLocks(): void {
  vi.spyOn(navigator, "locks", "get").mockReturnValue(undefined as unknown as LockManager);
}
