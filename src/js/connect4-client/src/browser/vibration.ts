/** A phone that vibrates; browsers do it for a page in sight that a person has touched. */

const PATTERN_MS = [80, 60, 80];

export function vibrate(): void {
  if (navigator.userActivation?.hasBeenActive !== false) {
    navigator.vibrate?.(PATTERN_MS);
  }
}
