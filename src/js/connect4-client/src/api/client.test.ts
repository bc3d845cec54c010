import { beforeEach, describe, expect, test, vi } from "vitest";
import { BALANCED, gameAfter, seatOf } from "../testing/FakeGame";
import { FakeServer } from "../testing/FakeServer";
import { configuredApi, Refused, Unreachable } from "./client";

let server: FakeServer;
const { signal } = new AbortController();
const CHOSEN = "a1B2".repeat(8);

beforeEach(() => {
  server = new FakeServer();
});

describe("calls", () => {
  test("create, join, see and play a game", async () => {
    const api = configuredApi();
    const first = await api.createGame();
    const second = await api.joinGame(first.gameId, CHOSEN);
    expect(second).toMatchObject({ playerNumber: 2, playerId: CHOSEN });
    await api.makeMove({ ...seatOf(first), column: 3, move: 0 });
    expect((await api.getGame(second.gameId, second.playerId, signal)).board[3]?.[0]).toBe(1);
  });

  test("read config.json once", async () => {
    const api = configuredApi();
    await api.createGame();
    await api.createGame();
    expect(server.requests).toEqual(["GET /config.json", "POST /create_game", "POST /create_game"]);
  });

  test.each([
    ["", "http://connect4.test/create_game"],
    ["https://api.example.org", "https://api.example.org/create_game"],
    ["https://api.example.org/", "https://api.example.org/create_game"],
    ["https://example.org/c4/", "https://example.org/c4/create_game"],
  ])("go to the configured %j", async (apiUrl, expected) => {
    const urls: string[] = [];
    vi.stubGlobal("fetch", (url: string) => {
      urls.push(url);
      return Promise.resolve(Response.json({ ...gameAfter([]), apiUrl }));
    });
    await configuredApi().createGame();
    expect(urls).toEqual(["config.json", expected]);
  });

  test("listen to the configured server", async () => {
    server.config = { apiUrl: "https://example.org/c4/" };
    const stream = await configuredApi().watchGame("g", "p", vi.fn());
    expect(stream.url).toBe("https://example.org/c4/watch_game?gameId=g&stay=true&keepalive=2");
    stream.close();
  });

  test("go past caches where there can be any, and nowhere else", async () => {
    const asked: unknown[] = [];
    vi.stubGlobal("fetch", (_: string, { method, cache }: RequestInit) => {
      asked.push({ method, cache });
      return Promise.resolve(Response.json(gameAfter([])));
    });
    const api = configuredApi();
    await api.createGame();
    await api.getGame("g", "p", signal);
    expect(asked).toEqual([{ cache: "no-store" }, { method: "POST" }, { cache: "no-store" }]);
  });

  test("send a move again, and it counts once", async () => {
    const api = configuredApi();
    const first = await api.createGame();
    server.joinGame(first.gameId);
    const move = { ...seatOf(first), column: 3, move: 0 };
    server.network = "losing answers";
    await expect(api.makeMove(move)).rejects.toThrow(Unreachable);
    server.network = "up";
    expect((await api.makeMove(move)).moves).toEqual([3]);
    server.play(first.gameId, 4);
    expect((await api.makeMove(move)).moves).toEqual([3, 4]);
  });

  test("send a join again, and it takes one seat", async () => {
    const api = configuredApi();
    const { gameId } = await api.createGame();
    server.network = "losing answers";
    await expect(api.joinGame(gameId, CHOSEN)).rejects.toThrow(Unreachable);
    server.network = "up";
    server.play(gameId, 3);
    const joined = await api.joinGame(gameId, CHOSEN);
    expect(joined).toMatchObject({ playerNumber: 2, playerId: CHOSEN, moves: [3] });
  });

  test("tell the server only what is wished", async () => {
    const api = configuredApi();
    const bodies: unknown[] = [];
    const { fetch } = window;
    vi.stubGlobal("fetch", (url: string, request: RequestInit) => {
      bodies.push(request.body);
      return fetch(url, request);
    });
    await api.createGame({ first: "creator", opening: "empty", name: null });
    const wished = await api.createGame({ first: "joiner", opening: "balanced", name: "Ada" });
    expect(bodies.slice(1)).toEqual(["{}", '{"name":"Ada","first":"joiner","opening":"balanced"}']);
    expect(wished).toMatchObject({
      names: ["Ada", null],
      firstPlayer: "joiner",
      moves: BALANCED,
      opening: 4,
    });
    const joined = await api.joinGame(wished.gameId, CHOSEN, "Bob");
    expect(joined).toMatchObject({ playerNumber: 1, names: ["Bob", "Ada"] });
  });

  test("show a game to who has no seat in it", async () => {
    const api = configuredApi();
    const { gameId } = await api.createGame();
    server.joinGame(gameId);
    server.play(gameId, 3);
    const seen = await api.getGame(gameId, null, signal);
    expect(seen).toMatchObject({ gameId, playerId: null, playerNumber: null, moves: [3] });
    await vi.waitFor(() => expect(server.streams).toBe(0));
    await expect(api.getGame("x", null, signal)).rejects.toThrow("Game not found");
  });

  test("do what a player wants, and answer with the game, or the next one", async () => {
    const api = configuredApi();
    const first = await api.createGame();
    server.joinGame(first.gameId);
    expect(await api.act("offer_draw", seatOf(first))).toMatchObject({ drawOfferedBy: 1 });
    expect(await api.act("decline_draw", seatOf(first))).toMatchObject({ drawOfferedBy: null });
    expect(await api.act("resign", seatOf(first))).toMatchObject({ ending: "resigned", winner: 2 });
    const next = await api.act("rematch", seatOf(first));
    expect(next).toMatchObject({ previousGameId: first.gameId, playerCount: 1 });
    expect(next.playerId).not.toBe(first.playerId);
  });

  test("make up for what a server of the release before does not tell", async () => {
    server.release = "before";
    const game = await configuredApi().createGame({ name: "Ada" });
    expect(game).toEqual(gameAfter([], { ...seatOf(game), playerCount: 1 }));
  });

  test("go to the page’s own origin if config.json names no other", async () => {
    server.config = {};
    await configuredApi().createGame();
    expect(server.requests).toContain("POST /create_game");
  });
});

describe("failures", () => {
  test("a refusal has the server’s message", async () => {
    const game = server.createGame();
    server.joinGame(game.gameId);
    const joining = configuredApi().joinGame(game.gameId, CHOSEN);
    await expect(joining).rejects.toThrow(Refused);
    await expect(joining).rejects.toThrow("Game is full");
  });

  test("the secret of another game’s player is refused", async () => {
    const api = configuredApi();
    const { playerId } = await api.createGame();
    const { gameId } = await api.createGame();
    await expect(api.joinGame(gameId, playerId)).rejects.toThrow("newPlayerId is taken");
  });

  test("a refusal of a move that comes too late has the game as it is", async () => {
    const first = server.createGame();
    server.joinGame(first.gameId);
    server.play(first.gameId, 2);
    const moving = configuredApi().makeMove({ ...seatOf(first), column: 3, move: 0 });
    await expect(moving).rejects.toThrow(Refused);
    await expect(moving).rejects.toMatchObject({ game: { moves: [2] } });
  });

  test("a refusal without a message names the status", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({}, { status: 418 })));
    await expect(configuredApi().createGame()).rejects.toThrow("answered 418");
  });

  test.each([
    ["no connection", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["something that is no JSON", () => Promise.resolve(new Response("<html>"))],
    ["a server that fails", () => Promise.resolve(Response.json({ error: "?" }, { status: 503 }))],
    ["too many requests", () => Promise.resolve(Response.json({ error: "?" }, { status: 429 }))],
  ])("%s is no answer", async (_, fetch) => {
    vi.stubGlobal("fetch", fetch);
    await expect(configuredApi().createGame()).rejects.toThrow(Unreachable);
  });

  test("know where others in the network reach the page, once config.json is read", async () => {
    server.config = { apiUrl: "", networkUrl: "http://192.0.2.7:5000" };
    const api = configuredApi();
    expect(api.networkUrl).toBe("");
    await api.createGame();
    expect(api.networkUrl).toBe("http://192.0.2.7:5000");
  });

  test("config.json is asked for again after it could not be read", async () => {
    const api = configuredApi();
    server.network = "down";
    await expect(api.createGame()).rejects.toThrow(Unreachable);
    server.network = "up";
    expect((await api.createGame()).playerCount).toBe(1);
  });

  test("who takes a question back gets their own reason", async () => {
    const { gameId, playerId } = server.createGame();
    const api = configuredApi();
    await api.getGame(gameId, playerId, signal);
    server.hold();
    const leaving = new AbortController();
    const asked = api.getGame(gameId, playerId, leaving.signal);
    leaving.abort(new Error("left"));
    await expect(asked).rejects.toThrow("left");
  });
});
