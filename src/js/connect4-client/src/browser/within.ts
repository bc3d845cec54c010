/**
 * A signal that aborts after some milliseconds, and when another one does.
 *
 * `AbortSignal.timeout` and `AbortSignal.any` say the same, but Safari has them since 16 and 17.4.
 */
export function within(milliseconds: number, other?: AbortSignal | null): AbortSignal {
  const limited = new AbortController();
  const { signal } = limited;
  const timer = setTimeout(() => limited.abort(), milliseconds);
  signal.addEventListener("abort", () => clearTimeout(timer));
  if (other?.aborted) {
    limited.abort();
  }
  other?.addEventListener("abort", () => limited.abort(), { signal });
  return signal;
}
