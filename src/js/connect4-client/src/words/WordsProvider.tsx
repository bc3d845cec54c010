import { type ReactNode, useEffect, useLayoutEffect, useState } from "react";
import { en, type Words } from "./en";
import { LOADERS, useWantedLanguage } from "./language";
import { WordsContext } from "./useWords";

interface WordsProviderProps {
  children: ReactNode;
  /** What is shown until there are words. */
  fallback?: ReactNode;
}

/**
 * Gives its children the words of the person's language. Until they are loaded, there is the
 * fallback, or the language of before: nothing flashes in a wrong one.
 */
export function WordsProvider({ children, fallback = null }: WordsProviderProps) {
  const wanted = useWantedLanguage();
  const [words, setWords] = useState<Words | null>(null);
  if (wanted === "en" && words !== en) {
    setWords(en);
  }

  useEffect(() => {
    if (wanted === null || wanted === "en") {
      return;
    }
    let isWanted = true;
    const settle = (loaded?: Words) => isWanted && setWords((before) => loaded ?? before ?? en);
    // Without a network, words that can be had are better than none.
    LOADERS[wanted]().then(settle, () => settle());
    return () => {
      isWanted = false;
    };
  }, [wanted]);

  // Together with the words: who reads them aloud asks for it.
  useLayoutEffect(() => {
    if (words !== null) {
      document.documentElement.lang = words.language;
    }
  }, [words]);

  return words === null ? fallback : <WordsContext value={words}>{children}</WordsContext>;
}
