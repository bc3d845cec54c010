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

function settle(milliseconds = 0) {
  return vi.advanceTimersByTimeAsync(milliseconds);
}

function look(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
}

describe("a subscriber", () => {
  test("is told at once how the game is", async () => {
    await subscribeAs(second);
    expect(subscriber.onState).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ gameId: first.gameId, playerNumber: 2 }),
    );
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("online");
  });

  test("sees the other’s move after a second", async () => {
    await subscribeAs(second);
    server.play(first.gameId, 3);
    await settle(999);
    expect(server.requests).toHaveLength(1);
    await settle(1);
    expect(subscriber.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({ activePlayer: 2 }),
    );
  });

  test("sees the friend come after a second", async () => {
    const alone = server.createGame();
    await subscribeAs(alone);
    server.joinGame(alone.gameId);
    await settle(1000);
    expect(subscriber.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({ playerCount: 2 }),
    );
  });

  test("asks seldom while nobody else can move", async () => {
    await subscribeAs(first);
    await settle(2999);
    expect(server.requests).toHaveLength(1);
    await settle(1);
    expect(server.requests).toHaveLength(2);
  });

  test("asks no more when the game is over", async () => {
    server.play(first.gameId, 0, 1, 0, 1, 0, 1, 0);
    await subscribeAs(second);
    expect(subscriber.onState).toHaveBeenCalledOnce();
    await settle(60_000);
    expect(server.requests).toHaveLength(1);
  });

  test("asks nothing while nobody looks, and at once when somebody does", async () => {
    await subscribeAs(second);
    look(true);
    await settle(60_000);
    expect(server.requests).toHaveLength(1);
    look(false);
    await settle();
    expect(server.requests).toHaveLength(2);
  });

  test("is told that the server refuses, and nothing after it", async () => {
    server.forget(first.gameId);
    await subscribeAs(second);
    expect(subscriber.onRefused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: "Game not found" }),
    );
    await settle(60_000);
    expect(server.requests).toHaveLength(1);
  });

  test("is told nothing after it has left, and nothing is asked any more", async () => {
    await subscribeAs(second);
    const release = server.hold();
    await settle(1000);
    expect(server.requests).toHaveLength(2);
    subscription?.close();
    release();
    await settle(60_000);
    expect(subscriber.onState).toHaveBeenCalledOnce();
    expect(server.requests).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a refresh", () => {
  test("asks at once", async () => {
    await subscribeAs(first);
    subscription?.refresh();
    await settle();
    expect(server.requests).toHaveLength(2);
  });

  test("leaves out an answer that was given before it", async () => {
    await subscribeAs(second);
    const release = server.hold();
    await settle(1000);
    server.play(first.gameId, 3);
    release();
    subscription?.refresh();
    await settle();
    expect(subscriber.onState).toHaveBeenCalledTimes(2);
    expect(subscriber.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({ activePlayer: 2 }),
    );
  });
});

describe("a lost connection", () => {
  test("is told, and the server asked at growing intervals", async () => {
    await subscribeAs(second);
    server.network = "down";
    await settle(1000);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("lost");
    const asked: number[] = [];
    for (const wait of [1000, 1500, 2250, 3375, 5000, 5000]) {
      await settle(wait - 1);
      const before = server.requests.length;
      await settle(1);
      asked.push(server.requests.length - before);
    }
    expect(asked).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("is no end: the game goes on when the server is back", async () => {
    server.network = "down";
    await subscribeAs(second);
    expect(subscriber.onState).not.toHaveBeenCalled();
    server.network = "up";
    await settle(1000);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("online");
    expect(subscriber.onState).toHaveBeenCalledOnce();
  });

  test.each([
    [0, 750],
    [1, 1250],
  ])(
    "is tried again by not all browsers at once: with chance %d after %d ms",
    async (chance, wait) => {
      vi.spyOn(Math, "random").mockReturnValue(chance);
      server.network = "down";
      await subscribeAs(second);
      await settle(wait - 1);
      expect(server.requests).toHaveLength(1);
      await settle(1);
      expect(server.requests).toHaveLength(2);
    },
  );

  test("is tried at once when the browser has a network again", async () => {
    server.network = "down";
    await subscribeAs(second);
    server.network = "up";
    window.dispatchEvent(new Event("online"));
    await settle();
    expect(subscriber.onState).toHaveBeenCalledOnce();
  });
});
