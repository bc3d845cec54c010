/** Which language the page speaks: the chosen one, or else the first that the browser asks for. */

import { useChoice } from "../browser/settings";
import type { Words } from "./en";

/** Each with its own name, which is the same in all of them. */
export const LANGUAGES = { en: "English", de: "Deutsch", is: "Íslenska" } as const;

export type Language = keyof typeof LANGUAGES;

/** Loads the words that are not part of the first script. */
export const LOADERS: Record<Exclude<Language, "en">, () => Promise<Words>> = {
  de: async () => (await import("./de")).de,
  is: async () => (await import("./is")).is,
};

export function useLanguage(): [language: Language, choose: (language: Language) => void] {
  const [chosen, choose] = useChoice("language");
  return [languageFor(chosen, navigator.languages), choose];
}

/** The chosen language, else the first of the browser's that there is, else English. */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [chosen, ...preferred.map((tag) => tag.split("-")[0])];
  return wanted.find(isLanguage) ?? "en";
}

function isLanguage(tag: string | null | undefined): tag is Language {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}
