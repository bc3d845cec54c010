/** What players are called: the rule, which the server has too, and the name that this browser keeps. */

import { forget, keep, kept } from "../browser/storage";

const KEY = "connect4.name";
export const LONGEST_NAME = 20;

// Control, format, surrogate and unassigned characters, and separators of lines and paragraphs:
// https://www.unicode.org/reports/tr44/#General_Category_Values
const REFUSED = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;

export type NameProblem = "tooLong" | "characters";

/** The name in what a person typed, with single spaces between words; null if there is none. */
export function nameIn(text: string): string | null {
  return text.trim().replace(/\s+/g, " ").normalize("NFC") || null;
}

/** What is wrong with a name; null if nothing is. */
export function problemWith(name: string): NameProblem | null {
  if (REFUSED.test(name)) {
    return "characters";
  }
  return [...name].length > LONGEST_NAME ? "tooLong" : null;
}

/** The name that was used last in this browser; null if that was none. */
export function keptName(): string | null {
  return kept(KEY);
}

export function keepName(name: string | null): void {
  if (name === null) {
    forget(KEY);
  } else {
    keep(KEY, name);
  }
}

/**
 * A name within a sentence, which its letters may be written against the direction of: set apart by
 * Unicode's isolates, as `<bdi>` does in HTML.
 */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
