import { useEffect, useRef } from "react";

/**
 * When something is done, its button may be gone, and the focus with it: then the page has it, from
 * where the next control is found again.
 */
export function useFocusAfter(isDoing: boolean): void {
  const wasDoing = useRef(false);

  useEffect(() => {
    if (wasDoing.current && !isDoing && document.activeElement === document.body) {
      document.querySelector("main")?.focus({ preventScroll: true });
    }
    wasDoing.current = isDoing;
  }, [isDoing]);
}
