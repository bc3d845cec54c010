/** What each language's words need of `Intl`: plurals, lists, moments. */

/** The forms of a word; which number takes which differs between languages. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Chooses the form that a number takes in a language. */
export function pluralIn(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}

/** Joins alternatives: "1, 2 or 3". */
export function alternativesIn(language: string): (items: readonly (number | string)[]) => string {
  const list = new Intl.ListFormat(language, { type: "disjunction" });
  return (items) => list.format(items.map(String));
}

/**
 * Says a day and a time, in the visitor's own variant of a language where they have one: days are
 * written differently in British and in American English. `others` stand in where the browser does
 * not know the language.
 */
export function momentIn(language: string, ...others: string[]): (moment: Date) => string {
  return (moment) => {
    const variants = navigator.languages.filter(
      (tag) => tag.split("-")[0] === language && isLanguageTag(tag),
    );
    return moment.toLocaleString([...variants, language, ...others], {
      dateStyle: "medium",
      timeStyle: "short",
    });
  };
}

/** Chromium makes "en-US@posix", which is none, of the locale `C` of a system. */
function isLanguageTag(tag: string): boolean {
  try {
    Intl.getCanonicalLocales(tag);
    return true;
  } catch {
    return false;
  }
}
