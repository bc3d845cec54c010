import { expect, test } from "vitest";
import { languageFor } from "./language";

test.each([
  [null, ["de-AT", "en"], "de"],
  [null, ["is"], "is"],
  [null, ["fr-FR", "is-IS", "en"], "is"],
  [null, ["fr", "toString"], "en"],
  [null, [], "en"],
  ["is", ["de"], "is"],
  ["fr", ["de"], "de"],
] as const)("with %j chosen, a browser that asks for %j gets %s", (chosen, preferred, language) => {
  expect(languageFor(chosen, preferred)).toBe(language);
});
