/** Which language the page speaks: the chosen one, or else the first that the browser asks for. */

import { useSyncExternalStore } from "react";
import { useChoice } from "../browser/settings";
import type { Words } from "./en";

/** Each with its own name, which is the same in all of them. */
export const LANGUAGES = { en: "English", de: "Deutsch", is: "Íslenska" } as const;

const CHOICE = "language";

export type Language = keyof typeof LANGUAGES;

/** Loads the words that are not part of the first script. */
export const LOADERS: Record<Exclude<Language, "en">, () => Promise<Words>> = {
  de: async () => (await import("./de")).de,
  is: async () => (await import("./is")).is,
};

/** The language that the page should speak; null while it is rendered without a browser. */
export function useWantedLanguage(): Language | null {
  const [chosen] = useChoice(CHOICE);
  const preferred = useSyncExternalStore(
    subscribe,
    () => navigator.languages.join(),
    () => null,
  );
  return preferred === null ? null : languageFor(chosen, preferred.split(","));
}

export function useChooseLanguage(): (language: Language) => void {
  return useChoice(CHOICE)[1];
}

/** The chosen language, else the first of the browser's that there is, else English. */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [chosen, ...preferred.map((tag) => tag.split("-")[0])];
  return wanted.find(isLanguage) ?? "en";
}

function isLanguage(tag: string | null | undefined): tag is Language {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("languagechange", onChange);
  return () => window.removeEventListener("languagechange", onChange);
}
