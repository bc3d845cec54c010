import { describe, expect, test, vi } from "vitest";
import { de } from "./de";
import { en } from "./en";
import { momentIn } from "./formats";
import { is } from "./is";

describe("the form of a word follows the number, by the rules of the language", () => {
  test.each([
    [1, "Red wins in 1 move", "Rot gewinnt in 1 Zug", "Rauður vinnur í 1 leik"],
    [2, "Red wins in 2 moves", "Rot gewinnt in 2 Zügen", "Rauður vinnur í 2 leikjum"],
    [11, "Red wins in 11 moves", "Rot gewinnt in 11 Zügen", "Rauður vinnur í 11 leikjum"],
    [21, "Red wins in 21 moves", "Rot gewinnt in 21 Zügen", "Rauður vinnur í 21 leik"],
  ])("%i", (count, english, german, icelandic) => {
    const said = [en, de, is].map(({ analysis, colours }) => analysis.wins(colours[1], count));
    expect(said).toEqual([english, german, icelandic]);
  });
});

test.each([
  [[4], "4", "4", "4"],
  [[3, 5], "3 or 5", "3 oder 5", "3 eða 5"],
  [[1, 3, 5], "1, 3, or 5", "1, 3 oder 5", "1, 3 eða 5"],
])("columns to choose from are joined: %j", (columns, english, german, icelandic) => {
  const said = [en, de, is].map(({ analysis }) => analysis.best(columns, "?"));
  expect(said).toEqual([
    `Best: column ${english}, ?.`,
    `Am besten: Spalte ${german}, ?.`,
    `Best: dálkur ${icelandic}, ?.`,
  ]);
});

test("a moment is written in the visitor’s own variant of the language", () => {
  const moment = new Date("2026-11-23T10:15:30Z");
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-AT", "en-GB"]);
  expect(momentIn("en")(moment)).toMatch(/^23 Nov 2026/);
  expect(momentIn("is")(moment)).toMatch(/^23\. nóv\. 2026/);
});

test("a language tag of the browser that is none is passed over", () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-US@posix", "en-GB"]);
  expect(momentIn("en")(new Date("2026-11-23T10:15:30Z"))).toMatch(/^23 Nov 2026/);
});

test("a moment is written as in another language where the browser does not know the first", () => {
  expect(momentIn("tlh", "de")(new Date("2026-11-23T10:15:30Z"))).toMatch(/^23\.11\.2026/);
});
