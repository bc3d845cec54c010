import { expect, test } from "vitest";
import type { Game } from "../api/game";
import { gameAfter } from "../testing/FakeGame";
import { forgetSeat, keepSeat, rememberedSeat, rememberSeat, yourGames } from "./seats";

function game(gameId: string, created: string, more: Partial<Game> = {}): Game {
  return gameAfter([], { gameId, playerId: `secret of ${gameId}`, created, ...more });
}

test("a seat is remembered by its game", () => {
  rememberSeat(game("one", "2026-11-23T10:00:00.000000Z"));
  expect(rememberedSeat("one")?.playerId).toBe("secret of one");
  expect(rememberedSeat("two")).toBeNull();
});

test("the newest state is kept with it", () => {
  rememberSeat(game("one", "2026-11-23T10:00:00.000000Z"));
  rememberSeat(game("one", "2026-11-23T10:00:00.000000Z", { active: false, winner: 2 }));
  expect(rememberedSeat("one")).toMatchObject({
    over: true,
    standing: { playerNumber: 1, playerCount: 2, active: false, activePlayer: 1, winner: 2 },
  });
});

test.each([
  "no JSON",
  "null",
  "{}",
  "3",
  '{"gameId":"one","playerId":"€","created":"2026-11-23T10:00:00Z"}',
  '{"gameId":"one","playerId":"p"}',
])("what is no seat is none: %s", (text) => {
  window.localStorage.setItem("connect4.seat.one", text);
  expect(rememberedSeat("one")).toBeNull();
  expect(yourGames()).toEqual([]);
});

test("the record of an earlier release, which knows no state, is a seat", () => {
  const seat = { gameId: "one", playerId: "p", created: "2026-11-23T10:00:00Z", over: false };
  window.localStorage.setItem("connect4.seat.one", JSON.stringify(seat));
  expect(rememberedSeat("one")).toEqual(seat);
  expect(yourGames()).toEqual([seat]);
});

test("all games are listed, finished and old ones too, the newest first", () => {
  rememberSeat(game("old", "2024-01-15T10:00:00.000000Z"));
  rememberSeat(game("first", "2026-11-20T10:00:00.000000Z"));
  rememberSeat(game("to come, by this clock", "2126-11-22T10:00:00.000000Z"));
  rememberSeat(game("second", "2026-11-21T10:00:00.000000Z", { active: false }));

  expect(yourGames().map(({ gameId }) => gameId)).toEqual([
    "to come, by this clock",
    "second",
    "first",
    "old",
  ]);
});

test("a seat that is given up is kept no more, and can be taken back", () => {
  rememberSeat(game("one", "2026-11-23T10:00:00.000000Z"));
  const seat = rememberedSeat("one");
  forgetSeat("one");
  expect(yourGames()).toEqual([]);
  if (seat !== null) {
    keepSeat(seat);
  }
  expect(yourGames()).toEqual([seat]);
});
