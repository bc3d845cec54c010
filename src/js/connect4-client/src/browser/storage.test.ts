import { expect, test, vi } from "vitest";
import { forget, isKept, keep, kept, keptUnder } from "./storage";

test("what is kept is there for the next visit", () => {
  keep("a.1", "one");
  keep("a.2", "two");
  keep("b.1", "three");

  expect(window.localStorage.getItem("a.1")).toBe("one");
  expect(kept("a.2")).toBe("two");
  expect(kept("c")).toBeNull();
  expect(keptUnder("a.").sort()).toEqual(["one", "two"]);
});

test("what is forgotten is gone", () => {
  keep("a.1", "one");
  keep("a.2", "two");
  forget("a.1");
  expect(kept("a.1")).toBeNull();
  expect(keptUnder("a.")).toEqual(["two"]);
});

test("a full storage is made up for until the page closes", () => {
  keep("full", "old");
  expect(isKept("full")).toBe(true);
  const storage = window.localStorage;
  const full = new Proxy(storage, {
    get(_, name) {
      if (name === "setItem") {
        throw new DOMException("full", "QuotaExceededError");
      }
      const value = Reflect.get(storage, name);
      return typeof value === "function" ? value.bind(storage) : value;
    },
  });
  const get = vi.spyOn(window, "localStorage", "get").mockReturnValue(full);
  keep("full", "new");
  expect(kept("full")).toBe("new");
  expect(isKept("full")).toBe(false);
  expect(keptUnder("full")).toEqual(["new"]);
  forget("full");
  expect(kept("full")).toBeNull();

  get.mockRestore();
  keep("full", "newest");
  expect(kept("full")).toBe("newest");
  expect(isKept("full")).toBe(true);
});

test("a forbidden storage is made up for until the page closes", () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("forbidden", "SecurityError");
  });
  keep("forbidden", "value");
  expect(kept("forbidden")).toBe("value");
  expect(kept("other")).toBeNull();
  expect(keptUnder("forb")).toEqual(["value"]);
  forget("forbidden");
  expect(kept("forbidden")).toBeNull();
});
