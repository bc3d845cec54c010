import { expect, test } from "vitest";
import type { Game } from "../api/game";
import { gameAfter } from "../testing/FakeGame";
import { rememberedSeat, rememberSeat, unfinishedGames } from "./seats";

const NOW = Date.parse("2026-11-23T12:00:00Z");

function game(gameId: string, created: string, active = true): Game {
  return gameAfter([], { gameId, playerId: `secret of ${gameId}`, active, created });
}

test("a seat is remembered by its game", () => {
  rememberSeat(game("one", "2026-11-23T10:00:00.000000Z"));
  expect(rememberedSeat("one")?.playerId).toBe("secret of one");
  expect(rememberedSeat("two")).toBeNull();
});

test.each(["no JSON", "null", "{}", "3", '{"playerId":"€"}'])(
  "what is no seat is none: %s",
  (text) => {
    window.localStorage.setItem("connect4.seat.one", text);
    expect(rememberedSeat("one")).toBeNull();
    expect(unfinishedGames(NOW, 3)).toEqual([]);
  },
);

test("unfinished games are those of the last week that are not over, newest first", () => {
  rememberSeat(game("old", "2026-11-15T10:00:00.000000Z"));
  rememberSeat(game("first", "2026-11-20T10:00:00.000000Z"));
  rememberSeat(game("third", "2026-11-22T10:00:00.000000Z"));
  rememberSeat(game("second", "2026-11-21T10:00:00.000000Z"));
  rememberSeat(game("over", "2026-11-23T10:00:00.000000Z", false));

  expect(unfinishedGames(NOW, 2).map(({ gameId }) => gameId)).toEqual(["third", "second"]);
});
