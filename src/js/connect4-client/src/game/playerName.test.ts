import { expect, test } from "vitest";
import { keepName, keptName, nameIn, problemWith } from "./playerName";

test.each([
  ["Ada", "Ada"],
  ["  Ada   Lovelace ", "Ada Lovelace"],
  ["Zoe\u0308", "Zoë"],
  ["   ", null],
  ["", null],
])("the name in %j", (text, name) => {
  expect(nameIn(text)).toBe(name);
});

test.each([
  ["Ada", null],
  ["Guðrún Ósk", null],
  ["אדה", null],
  ["😀".repeat(20), null],
  ["😀".repeat(21), "tooLong"],
  ["a\u0000b", "characters"],
  ["a\u202eb", "characters"],
  ["a\u200bb", "characters"],
  ["a\u2028b", "characters"],
] as const)("the problem with the name %j: %s", (name, problem) => {
  expect(problemWith(name)).toBe(problem);
});

test("a name is kept, until there is none", () => {
  expect(keptName()).toBeNull();
  keepName("Ada");
  expect(keptName()).toBe("Ada");
  keepName(null);
  expect(keptName()).toBeNull();
});
