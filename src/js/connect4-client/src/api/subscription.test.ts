import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeServer } from "../testing/FakeServer";
import { type Api, configuredApi, type Game } from "./client";
import { type Subscription, subscribe } from "./subscription";

let server: FakeServer;
let api: Api;
let first: Game;
let second: Game;
let subscription: Subscription | null;

const subscriber = { onState: vi.fn(), onConnection: vi.fn(), onRefused: vi.fn() };

beforeEach(async () => {
  vi.useFakeTimers();
  // Half of the jitter: the waits are just what they are.
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  server = new FakeServer();
  api = configuredApi();
  first = await api.createGame();
  second = server.joinGame(first.gameId);
  subscription = null;
  server.requests.length = 0;
  vi.clearAllMocks();
});

afterEach(() => {
  subscription?.close();
});

async function subscribeAs({ gameId, playerId }: Game) {
  subscription = subscribe(api, gameId, playerId, subscriber);
  await settle();
}

/** The game as its second player sees it. */
function seen(): Game {
  return server.getGame(second.gameId, second.playerId);
}

/** How many discs there were on the boards that the subscriber was shown, one after the other. */
function shown(): number[] {
  return subscriber.onState.mock.calls.map(([game]) => game.moves.length);
}

function settle(milliseconds = 0) {
  return vi.advanceTimersByTimeAsync(milliseconds);
}

function look(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
}

const ASK = "GET /get_game";
const WATCH = "GET /watch_game";

describe("a subscriber", () => {
  test("is told at once how the game is, by a stream", async () => {
    await subscribeAs(second);
    expect(subscriber.onState).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ gameId: first.gameId, playerNumber: 2 }),
    );
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("online");
    expect(server.requests).toEqual([WATCH]);
  });

  test("sees every change at once, and nothing is asked for it", async () => {
    const alone = server.createGame();
    await subscribeAs(alone);
    server.joinGame(alone.gameId);
    await settle();
    expect(subscriber.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({ playerCount: 2 }),
    );
    for (const column of [3, 4]) {
      await settle(50_000);
      server.play(alone.gameId, column);
      await settle();
      expect(subscriber.onState).toHaveBeenLastCalledWith(
        expect.objectContaining({ moves: expect.arrayContaining([column]) }),
      );
    }
    expect(server.requests).toEqual([WATCH]);
  });

  test.each([
    ["that was over before", 0],
    ["that ends before them", 1],
  ])("of a game %s is told, and has no stream any more", async (_, left) => {
    const moves = [0, 1, 0, 1, 0, 1, 0];
    server.play(first.gameId, ...moves.slice(0, moves.length - left));
    await subscribeAs(second);
    server.play(first.gameId, ...moves.slice(moves.length - left));
    await settle();
    expect(subscriber.onState).toHaveBeenLastCalledWith(expect.objectContaining({ active: false }));
    expect(server.streams).toBe(0);
    await settle(600_000);
    expect(server.requests).toEqual([WATCH]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("has no stream while nobody looks, and the state at once when somebody does", async () => {
    await subscribeAs(second);
    look(true);
    expect(server.streams).toBe(0);
    server.play(first.gameId, 3);
    await settle(600_000);
    expect(shown()).toEqual([0]);
    look(false);
    await settle();
    expect(shown()).toEqual([0, 1]);
    expect(server.requests).toEqual([WATCH, WATCH]);
  });

  test("is told that the server refuses, and nothing after it", async () => {
    server.forget(first.gameId);
    await subscribeAs(second);
    expect(subscriber.onRefused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: "Game not found" }),
    );
    await settle(600_000);
    expect(server.requests).toEqual([WATCH, ASK]);
  });

  test("is told nothing after it has left, and nothing is asked any more", async () => {
    await subscribeAs(second);
    const release = server.hold();
    server.play(first.gameId, 3);
    subscription?.close();
    expect(server.streams).toBe(0);
    release();
    await settle(600_000);
    expect(shown()).toEqual([0]);
    expect(server.requests).toEqual([WATCH]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that leaves before it has entered opens no stream", async () => {
    subscription = subscribe(api, second.gameId, second.playerId, subscriber);
    subscription.close();
    await settle(600_000);
    expect(subscriber.onState).not.toHaveBeenCalled();
    expect(server.streams).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a state", () => {
  test("that comes another way is shown, and none from before it afterwards", async () => {
    await subscribeAs(second);
    const release = server.hold();
    server.play(first.gameId, 3);
    server.play(first.gameId, 4);
    subscription?.know(seen());
    expect(shown()).toEqual([0, 2]);
    release();
    await settle();
    expect(shown()).toEqual([0, 2, 2]);
  });

  test("is shown when it comes after a newer one only if it is as new", async () => {
    await subscribeAs(second);
    const before = seen();
    server.play(first.gameId, 3);
    await settle();
    subscription?.know(before);
    subscription?.know({ ...seen(), playerCount: 1 });
    expect(shown()).toEqual([0, 1]);
  });

  test("that the stream should have told and does not shows that it is broken", async () => {
    await subscribeAs(first);
    server.network = "streams blocked";
    server.play(first.gameId, 3);
    subscription?.know(server.getGame(first.gameId, first.playerId));
    server.play(first.gameId, 4);
    await settle(4000);
    expect(shown()).toEqual([0, 1, 2]);
    expect(server.requests.slice(0, 2)).toEqual([WATCH, ASK]);
    expect(subscriber.onConnection).not.toHaveBeenCalledWith("lost");
  });

  test("that ends the game ends the stream", async () => {
    server.play(first.gameId, 0, 1, 0, 1, 0, 1);
    await subscribeAs(second);
    server.network = "streams blocked";
    server.play(first.gameId, 0);
    subscription?.know(seen());
    expect(server.streams).toBe(0);
    await settle(600_000);
    expect(server.requests).toEqual([WATCH]);
  });
});

describe("a refresh", () => {
  test("opens another stream, which tells the state", async () => {
    await subscribeAs(first);
    subscription?.refresh();
    await settle();
    expect(server.streams).toBe(1);
    expect(server.requests).toEqual([WATCH, WATCH]);
    expect(subscriber.onState).toHaveBeenCalledTimes(2);
  });

  test("leaves out what the old one has not told yet", async () => {
    await subscribeAs(second);
    const release = server.hold();
    server.play(first.gameId, 3);
    subscription?.refresh();
    server.play(first.gameId, 4);
    release();
    await settle();
    expect(shown()).toEqual([0, 2]);
  });

  test("asks at once where there is no stream, and leaves out the answer from before", async () => {
    vi.stubGlobal("EventSource", undefined);
    await subscribeAs(second);
    const release = server.hold();
    await settle(3000);
    server.play(first.gameId, 3);
    release();
    subscription?.refresh();
    await settle();
    expect(shown()).toEqual([0, 1]);
    expect(server.requests).toEqual([ASK, ASK, ASK]);
  });
});

describe("a stream that ends", () => {
  test("is resumed by the browser without a word, and no state is lost", async () => {
    await subscribeAs(second);
    server.endStreams();
    server.play(first.gameId, 3);
    await settle(1999);
    expect(server.requests).toEqual([WATCH]);
    await settle(1);
    expect(shown()).toEqual([0, 1]);
    expect(subscriber.onConnection).not.toHaveBeenCalledWith("lost");
  });
});
