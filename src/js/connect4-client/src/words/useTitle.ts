import { useEffect } from "react";
import { useWords } from "./useWords";

/** Titles the page, while the caller is shown, with what its screen says, or the game's name alone. */
export function useTitle(screen: string | null = null): void {
  const { name, title } = useWords();

  useEffect(() => {
    document.title = screen === null ? name : title(screen);
    return () => {
      document.title = name;
    };
  }, [screen, name, title]);
}
