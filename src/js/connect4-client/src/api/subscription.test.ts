import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { takeStreamSlot } from "../browser/streamSlot";
import { FakeLocks, withoutLocks } from "../testing/FakeLocks";
import { FakeServer } from "../testing/FakeServer";
import { type Api, configuredApi } from "./client";
import type { Game } from "./game";
import { type Subscription, subscribe } from "./subscription";

let server: FakeServer;
let api: Api;
let first: Game;
let second: Game;
let subscription: Subscription | null;

const subscriber = {
  onState: vi.fn(),
  onPresence: vi.fn(),
  onConnection: vi.fn(),
  onRefused: vi.fn(),
};

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

/** The moves of a game that its first player wins. */
const WON = [0, 1, 0, 1, 0, 1, 0];

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
  ])("of a game %s is told, and then who wants another", async (_, left) => {
    server.play(first.gameId, ...WON.slice(0, WON.length - left));
    await subscribeAs(second);
    server.play(first.gameId, ...WON.slice(WON.length - left));
    await settle();
    expect(subscriber.onState).toHaveBeenLastCalledWith(expect.objectContaining({ active: false }));
    await settle(600_000);
    server.actAs(1, "rematch", first.gameId);
    await settle();
    expect(subscriber.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({ rematchOfferedBy: 1 }),
    );
    expect(server.requests).toEqual([WATCH]);
  });

  test("of a game that is followed by another has no stream any more", async () => {
    server.play(first.gameId, ...WON);
    await subscribeAs(second);
    server.actAs(1, "rematch", first.gameId);
    const next = server.actAs(2, "rematch", first.gameId);
    await settle();
    expect(subscriber.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({ nextGameId: next.gameId }),
    );
    expect(server.streams).toBe(0);
    await settle(600_000);
    expect(server.requests).toEqual([WATCH]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("of a game that is over has no stream when the server ends it", async () => {
    server.release = "before";
    server.play(first.gameId, ...WON);
    await subscribeAs(second);
    expect(shown()).toEqual([WON.length]);
    await settle(600_000);
    expect(server.requests).toEqual([WATCH]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is told who is there, until the stream is gone", async () => {
    vi.setSystemTime(1_000_000);
    await subscribeAs(second);
    server.setPresence(first.gameId, { players: [false, true], gone: [7, null], watchers: 2 });
    await settle();
    expect(subscriber.onPresence).toHaveBeenLastCalledWith({
      players: [false, true],
      goneSince: [993_000, null],
      watchers: 2,
    });
    server.network = "down";
    await settle(2000);
    expect(subscriber.onPresence).toHaveBeenLastCalledWith(null);
  });

  test("without a seat is told the game, too, with and without a stream", async () => {
    subscription = subscribe(api, first.gameId, null, subscriber);
    await settle();
    server.play(first.gameId, 3);
    await settle();
    expect(subscriber.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({ playerNumber: null, moves: [3] }),
    );
    server.endStreams();
    server.play(first.gameId, 4);
    await settle(2000);
    expect(shown().at(-1)).toBe(2);
    expect(subscriber.onConnection).not.toHaveBeenCalledWith("lost");
  });

  test("keeps its stream while nobody looks, and has another when somebody looks again", async () => {
    await subscribeAs(second);
    look(true);
    await settle(60_000);
    server.play(first.gameId, 3);
    await settle();
    expect(shown()).toEqual([0, 1]);
    expect(server.requests).toEqual([WATCH]);
    look(false);
    await settle();
    expect(server.streams).toBe(1);
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
    server.network = "streams refused";
    await subscribeAs(second);
    const release = server.hold();
    await settle(3000);
    server.play(first.gameId, 3);
    release();
    subscription?.refresh();
    await settle();
    expect(shown()).toEqual([0, 1]);
    expect(server.requests).toEqual([WATCH, ASK, ASK, ASK]);
  });
});

describe("a stream that ends", () => {
  test("is resumed without a word, and no state is lost", async () => {
    await subscribeAs(second);
    for (const moves of [[3], [4, 5], []]) {
      server.endStreams(1000);
      server.play(first.gameId, ...moves);
      await settle(1000);
      expect(server.streams).toBe(1);
    }
    expect(shown()).toEqual([0, 1, 3]);
    await settle(60_000);
    server.play(first.gameId, 6);
    await settle();
    expect(shown()).toEqual([0, 1, 3, 4]);
    expect(server.requests).toEqual([WATCH, WATCH, WATCH, WATCH]);
    expect(subscriber.onConnection).not.toHaveBeenCalledWith("lost");
  });

  test("is replaced when that takes long, and no state is lost", async () => {
    await subscribeAs(second);
    server.endStreams();
    server.play(first.gameId, 3);
    await settle(1999);
    expect(server.requests).toEqual([WATCH]);
    await settle(1);
    expect(shown().at(-1)).toBe(1);
    expect(server.requests).toEqual([WATCH, ASK, WATCH]);
    expect(server.streams).toBe(1);
    expect(subscriber.onConnection).not.toHaveBeenCalledWith("lost");
  });

  test("is not resumed for a game that is gone: that is told", async () => {
    await subscribeAs(second);
    server.endStreams(1000);
    server.forget(first.gameId);
    await settle(1000);
    expect(subscriber.onRefused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: "Game not found" }),
    );
    await settle(600_000);
    expect(server.requests).toEqual([WATCH, WATCH, ASK]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("over which nothing comes is told within five seconds, and so is that it goes on", async () => {
    await subscribeAs(second);
    await settle(1000);
    server.network = "streams blocked";
    await settle(3499);
    expect(subscriber.onConnection).not.toHaveBeenCalledWith("lost");
    await settle(1);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("lost");
    server.network = "up";
    await settle(2000);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("online");
    expect(server.requests).toEqual([WATCH]);
  });

  test.each([
    ["soon", "this", 10_000],
    ["later with a server of the release before", "before", 30_000],
  ] as const)("that is dead is replaced, %s", async (_, release, after) => {
    server.release = release;
    await subscribeAs(second);
    // The server's word that it is still there, again and again, keeps the stream.
    await settle(600_000);
    expect(server.requests).toEqual([WATCH]);
    server.network = "streams blocked";
    server.play(first.gameId, 3);
    await settle(after - 1);
    expect(shown()).toEqual([0]);
    server.network = "up";
    await settle(1);
    expect(shown().at(-1)).toBe(1);
    expect(server.streams).toBe(1);
    expect(server.requests).toEqual([WATCH, ASK, WATCH]);
  });
});

describe.each(["down", "losing answers"] as const)("a network %s", (broken) => {
  test("is told, and the server asked at growing intervals", async () => {
    await subscribeAs(second);
    server.network = broken;
    await settle(2000);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("lost");
    const asked: number[] = [];
    for (const wait of [1000, 1500, 2250, 3375, 5000, 5000]) {
      await settle(wait - 1);
      const before = server.requests.length;
      await settle(1);
      asked.push(server.requests.length - before);
    }
    expect(asked).toEqual([1, 1, 1, 1, 1, 1]);
    expect(server.requests.filter((request) => request === WATCH)).toHaveLength(1);
  });

  test("is no end: the game goes on when the server is back, and no state is lost", async () => {
    await subscribeAs(second);
    server.network = broken;
    await settle(60_000);
    server.play(first.gameId, 3, 4);
    server.network = "up";
    await settle(5000);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("online");
    expect(shown().at(-1)).toBe(2);
    expect(server.streams).toBe(1);

    server.requests.length = 0;
    server.play(first.gameId, 5);
    await settle(60_000);
    expect(shown().at(-1)).toBe(3);
    expect(server.requests).toEqual([]);
  });

  test("at the beginning is told at once, and the game is shown when the server is back", async () => {
    server.network = broken;
    await subscribeAs(second);
    expect(subscriber.onState).not.toHaveBeenCalled();
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("lost");
    server.network = "up";
    await settle(1000);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("online");
    expect(subscriber.onState).toHaveBeenCalled();
    expect(server.streams).toBe(1);
  });

  test("is told at once when the browser notices, although nothing was sent", async () => {
    await subscribeAs(second);
    // The streams do not break: nothing comes any more, that is all.
    vi.spyOn(server, "network", "get").mockReturnValue(broken);
    window.dispatchEvent(new Event("offline"));
    await settle();
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("lost");
    vi.mocked(subscriber.onConnection).mockClear();
    vi.restoreAllMocks();
  });

  test("is tried at once when the browser has a network again", async () => {
    await subscribeAs(second);
    server.network = broken;
    server.play(first.gameId, 3);
    // The stream is about to be resumed, and then the server to be asked.
    for (const lostFor of [500, 30_000]) {
      await settle(lostFor);
      server.network = "up";
      window.dispatchEvent(new Event("online"));
      await settle();
      expect(server.streams).toBe(1);
      expect(shown().at(-1)).toBe(1);
      server.network = broken;
    }
  });
});

test.each([
  [0, 750],
  [1, 1250],
])(
  "a lost server is tried by not all browsers at once: with chance %d after %d ms",
  async (chance, wait) => {
    vi.spyOn(Math, "random").mockReturnValue(chance);
    server.network = "down";
    await subscribeAs(second);
    const before = server.requests.length;
    await settle(wait - 1);
    expect(server.requests).toHaveLength(before);
    await settle(1);
    expect(server.requests).toHaveLength(before + 1);
  },
);

describe.each([
  ["refused", 0],
  ["blocked", 4000],
] as const)("without streams, which are %s on the way,", (what, foundOutAfter) => {
  beforeEach(() => {
    server.network = `streams ${what}`;
  });

  test("the server is asked, and every few seconds while the other is to move", async () => {
    await subscribeAs(second);
    await settle(foundOutAfter);
    expect(shown()).toEqual([0]);
    expect(subscriber.onConnection).not.toHaveBeenCalledWith("lost");
    server.requests.length = 0;
    server.play(first.gameId, 3);
    await settle(2999);
    expect(server.requests).toEqual([]);
    await settle(1);
    expect(shown()).toEqual([0, 1]);
    expect(server.requests).toEqual([ASK]);
  });

  test("the server is asked seldom while nobody else can move", async () => {
    await subscribeAs(first);
    await settle(foundOutAfter);
    server.requests.length = 0;
    await settle(9999);
    expect(server.requests).toEqual([]);
    await settle(1);
    expect(server.requests).toEqual([ASK]);
  });

  test("one’s own move is followed by the pace of the other’s turn", async () => {
    await subscribeAs(first);
    await settle(foundOutAfter + 1000);
    server.play(first.gameId, 3);
    subscription?.know(server.getGame(first.gameId, first.playerId));
    server.play(first.gameId, 4);
    await settle(3000);
    expect(shown().at(-1)).toBe(2);
  });

  test("the server is asked seldom while nobody looks, and for an hour after the end", async () => {
    await subscribeAs(second);
    await settle(foundOutAfter);
    look(true);
    await settle(3000);
    server.requests.length = 0;
    await settle(14_999);
    expect(server.requests).toEqual([]);
    await settle(1 + foundOutAfter);
    expect(server.requests).toContain(ASK);
    server.play(first.gameId, 0, 1, 0, 1, 0, 1, 0);
    look(false);
    await settle(foundOutAfter);
    expect(subscriber.onState).toHaveBeenLastCalledWith(expect.objectContaining({ active: false }));
    server.requests.length = 0;
    await settle(3_600_000);
    expect(server.requests).toContain(ASK);
    server.requests.length = 0;
    await settle(600_000);
    expect(server.requests).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a broken network is told, and the game goes on after it", async () => {
    await subscribeAs(second);
    await settle(foundOutAfter);
    const network = server.network;
    server.network = "down";
    await settle(3000);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("lost");
    server.network = network;
    server.play(first.gameId, 3);
    await settle(5000 + foundOutAfter);
    expect(subscriber.onConnection).toHaveBeenLastCalledWith("online");
    expect(shown().at(-1)).toBe(1);
  });

  test("a game that is not there is told", async () => {
    server.forget(first.gameId);
    await subscribeAs(second);
    await settle(foundOutAfter);
    expect(subscriber.onRefused).toHaveBeenCalledOnce();
    await settle(600_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a stream that is kept back", () => {
  beforeEach(async () => {
    server.network = "streams blocked";
    await subscribeAs(second);
  });

  function tries(): number {
    return server.requests.filter((request) => request === WATCH).length;
  }

  test("is tried again from time to time, and ever more seldom", async () => {
    await settle(60_000);
    expect(tries()).toBe(3);
    await settle(9 * 60_000);
    expect(tries()).toBe(6);
    await settle(60 * 60_000);
    expect(tries()).toBeGreaterThan(6 + 9);
    expect(tries()).toBeLessThan(6 + 13);
  });

  test("tells everything from when it comes through, and nothing is asked any more", async () => {
    await settle(20_000);
    server.network = "up";
    await settle(40_000);
    expect(server.streams).toBe(1);
    server.requests.length = 0;
    server.play(first.gameId, 3);
    await settle(60_000);
    expect(shown().at(-1)).toBe(1);
    expect(server.requests).toEqual([]);
  });
});

describe("of many pages of one browser", () => {
  test("a fifth one asks, until another gives up its stream", async () => {
    const others = await Promise.all([1, 2, 3, 4].map(takeStreamSlot));
    await subscribeAs(second);
    expect(shown()).toEqual([0]);
    server.play(first.gameId, 3);
    await settle(3000);
    expect(shown().at(-1)).toBe(1);
    expect(server.streams).toBe(0);

    others[0]?.();
    await settle(10_000);
    expect(server.streams).toBe(1);
    server.requests.length = 0;
    server.play(first.gameId, 4);
    await settle(60_000);
    expect(shown().at(-1)).toBe(2);
    expect(server.requests).toEqual([]);
  });

  test("one that leaves gives up its stream", async () => {
    const locks = new FakeLocks();
    await subscribeAs(second);
    expect(locks.count).toBe(1);
    subscription?.close();
    await settle();
    expect(locks.count).toBe(0);
  });
});

describe("where pages do not know of each other, one", () => {
  beforeEach(withoutLocks);

  test("has no stream while nobody looks, but asks, and has one again when somebody looks", async () => {
    await subscribeAs(second);
    look(true);
    expect(server.streams).toBe(0);
    await settle();
    server.play(first.gameId, 3);
    await settle(15_000);
    expect(shown().at(-1)).toBe(1);
    expect(server.requests).toEqual([WATCH, ASK, ASK]);
    look(false);
    await settle();
    expect(server.streams).toBe(1);
    expect(server.requests).toEqual([WATCH, ASK, ASK, WATCH]);
  });

  test("who opens the game without looking has the state, and a stream when they look", async () => {
    look(true);
    await subscribeAs(second);
    expect(shown()).toEqual([0]);
    expect(server.streams).toBe(0);
    look(false);
    await settle();
    expect(server.streams).toBe(1);
  });
});
