/** Text that this browser keeps between visits; where it may not, until the page closes. */

// What the browser would not take.
const memory = new Map<string, string>();

export function keep(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
    memory.delete(key);
  } catch {
    // Full, or forbidden by the person's settings.
    memory.set(key, value);
  }
}

export function kept(key: string): string | null {
  return memory.get(key) ?? stored()?.getItem(key) ?? null;
}

/** Whether what was last kept by this name outlasts the page. */
export function isKept(key: string): boolean {
  return !memory.has(key);
}

export function forget(key: string): void {
  memory.delete(key);
  stored()?.removeItem(key);
}

/** The values of all keys with a prefix. */
export function keptUnder(prefix: string): string[] {
  const storage = stored();
  const names = Array.from(
    { length: storage?.length ?? 0 },
    (_, index) => storage?.key(index) ?? "",
  );
  return [...new Set([...names, ...memory.keys()])]
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => kept(key) ?? []);
}

function stored(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    // Forbidden by the person's settings: even to look throws.
    return null;
  }
}
