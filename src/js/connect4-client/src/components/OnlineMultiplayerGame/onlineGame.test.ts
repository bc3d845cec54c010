import { describe, expect, test } from "vitest";
import { gameAfter } from "../../testing/FakeGame";
import { mayMove, type OnlineGame, type OnlineNews, onlineGame, UNKNOWN_GAME } from "./onlineGame";

const state = (moves: readonly number[]): OnlineNews => ({ type: "state", game: gameAfter(moves) });
const sent = (column: number): OnlineNews => ({ type: "moveSent", column });

function knownAfter(...news: OnlineNews[]): OnlineGame {
  return news.reduce(onlineGame, UNKNOWN_GAME);
}

describe("a state", () => {
  test("is known", () => {
    expect(knownAfter(state([3]), state([3, 4])).game).toEqual(gameAfter([3, 4]));
  });

  test("that was overtaken by a newer one changes nothing", () => {
    const known = knownAfter(state([3]), state([3, 4]));
    expect(onlineGame(known, state([3]))).toBe(known);
    expect(
      onlineGame(knownAfter(state([])), { type: "state", game: gameAfter([], { playerCount: 1 }) })
        .game,
    ).toEqual(gameAfter([]));
  });
});

describe("a move that was sent", () => {
  test("is pending and not on the board", () => {
    expect(knownAfter(state([]), sent(3))).toMatchObject({
      game: gameAfter([]),
      pending: { column: 3 },
    });
  });

  test("stays pending while an answer from before it comes in", () => {
    expect(knownAfter(state([]), sent(3), state([])).pending).not.toBeNull();
  });

  test("is on the board when the server says so", () => {
    expect(knownAfter(state([]), sent(3), state([3]))).toMatchObject({
      game: gameAfter([3]),
      pending: null,
    });
  });

  test("and refused is gone, with the reason", () => {
    const message = "Column is full";
    expect(knownAfter(state([]), sent(3), { type: "moveRefused", message })).toMatchObject({
      game: gameAfter([]),
      pending: null,
      refusedMove: message,
    });
  });

  test("and refused is not explained to who sees that the game has gone on", () => {
    const known = knownAfter(state([]), sent(3), state([4]));
    expect(
      onlineGame(known, { type: "moveRefused", message: "The game is at move 1, not 0" }),
    ).toBe(known);
  });

  test("counts when the other has already answered it", () => {
    expect(knownAfter(state([]), sent(3), state([3, 4]))).toMatchObject({
      game: gameAfter([3, 4]),
      pending: null,
    });
  });

  test("anew takes away what was said of the one before", () => {
    const known = knownAfter(state([]), sent(3), { type: "moveRefused", message: "?" });
    expect(mayMove(known)).toBe(true);
    expect(onlineGame(known, sent(3)).refusedMove).toBeNull();
  });
});

test("the connection is known, and a refusal", () => {
  expect(knownAfter({ type: "connection", connection: "lost" }).connection).toBe("lost");
  expect(knownAfter({ type: "connection", connection: "online" })).toBe(UNKNOWN_GAME);
  expect(knownAfter({ type: "refused", message: "Game is full" }).refusal).toBe("Game is full");
});

test.each<[string, boolean, OnlineGame]>([
  ["at one’s turn", true, knownAfter(state([]))],
  ["before anything is known", false, UNKNOWN_GAME],
  ["at the other’s turn", false, knownAfter(state([3]))],
  [
    "before the other is there",
    false,
    knownAfter({ type: "state", game: gameAfter([], { playerCount: 1 }) }),
  ],
  ["while a move is pending", false, knownAfter(state([]), sent(3))],
  ["after the end", false, knownAfter(state([1, 0, 1, 0, 1, 0, 2, 0]))],
])("a move %s: %s", (_, may, known) => {
  expect(mayMove(known)).toBe(may);
});
