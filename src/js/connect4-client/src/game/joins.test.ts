import { expect, test } from "vitest";
import { joinSettled, secretToJoin } from "./joins";
import { rememberedSeat, yourGames } from "./seats";

test("a game is joined with one secret until that is settled", () => {
  const secret = secretToJoin("one");
  expect(secretToJoin("one")).toBe(secret);
  expect(secretToJoin("two")).not.toBe(secret);

  joinSettled("one");
  expect(secretToJoin("one")).not.toBe(secret);
});

test("the secret is there for the next visit, and nothing is when the join is settled", () => {
  const secret = secretToJoin("one");
  expect(Object.values(window.localStorage)).toEqual([secret]);
  joinSettled("one");
  expect(window.localStorage).toHaveLength(0);
});

test("a game that is being joined is none to go on with", () => {
  secretToJoin("one");
  expect(rememberedSeat("one")).toBeNull();
  expect(yourGames()).toEqual([]);
});
