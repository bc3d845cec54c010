import { type ReactNode, useEffect, useState } from "react";
import { en, type Words } from "./en";
import { type Language, LOADERS, useLanguage } from "./language";
import { WordsContext } from "./useWords";

interface Spoken {
  readonly language: Language;
  readonly words: Words;
}

const ENGLISH: Spoken = { language: "en", words: en };

/**
 * Gives its children the words of the person's language. Until they are loaded, there is nothing to
 * see, or the language of before: nothing flashes in a wrong one.
 */
export function WordsProvider({ children }: { children: ReactNode }) {
  const [language] = useLanguage();
  const [spoken, setSpoken] = useState<Spoken | null>(null);
  if (language === "en" && spoken !== ENGLISH) {
    setSpoken(ENGLISH);
  }

  useEffect(() => {
    if (language === "en") {
      return;
    }
    let isWanted = true;

    async function load(wanted: keyof typeof LOADERS) {
      let loaded: Spoken | null = null;
      try {
        loaded = { language: wanted, words: await LOADERS[wanted]() };
      } catch {
        // Without a network, words that can be had are better than none.
      }
      if (isWanted) {
        setSpoken((before) => loaded ?? before ?? ENGLISH);
      }
    }

    load(language);
    return () => {
      isWanted = false;
    };
  }, [language]);

  useEffect(() => {
    if (spoken !== null) {
      document.documentElement.lang = spoken.language;
    }
  }, [spoken]);

  return spoken && <WordsContext value={spoken.words}>{children}</WordsContext>;
}
