/** A server in memory that keeps the HTTP contract, behind a network that can fail. */

import { vi } from "vitest";
import type { Act, Wishes } from "../api/client";
import type { Game, WatchedGame } from "../api/game";
import type { Board, Player } from "../game/rules";
import { asBefore, ContractError, FakeGame, newId, type ToldPresence } from "./FakeGame";
import { FakeStream } from "./FakeStream";

interface Listener {
  stream: FakeStream;
  stored: FakeGame;
  /** Null: who only watches. */
  playerId: string | null;
  stays: boolean;
}

/** With streams blocked or refused, something on the way keeps or turns back streams alone. */
type Network = "up" | "down" | "losing answers" | "streams blocked" | "streams refused";

const SECRET = /^[a-zA-Z0-9]{32}$/;

/** Takes the place of the browser's fetch until the test ends. */
export class FakeServer {
  /** What was asked for, such as "POST /make_move". */
  readonly requests: string[] = [];
  /** Where to: the whole address of each request. */
  readonly urls: string[] = [];
  config: unknown = { apiUrl: "" };
  /** "before": it knows nothing that is new. */
  release: "this" | "before" = "this";
  private readonly games = new Map<string, FakeGame>();
  private held: Promise<void> | null = null;
  private listeners: Listener[] = [];
  private condition: Network = "up";

  constructor() {
    vi.stubGlobal("fetch", (url: string | URL, request: RequestInit) => this.fetch(url, request));
  }

  get network(): Network {
    return this.condition;
  }

  /** What happens to the network happens to the streams that are open. */
  set network(network: Network) {
    this.condition = network;
    if (this.isGone()) {
      for (const { stream } of this.listeners.splice(0)) {
        stream.break(new TypeError("network error"));
      }
    }
  }

  /** How many streams are open. */
  get streams(): number {
    this.listeners = this.listeners.filter(({ stream }) => stream.isOpen);
    return this.listeners.length;
  }

  /** What a server does that shuts down. */
  endStreams(retryMs = 3000): void {
    for (const { stream } of this.listeners.splice(0)) {
      stream.send(`retry: ${retryMs}\nevent: reconnect\ndata: {}\n\n`);
      stream.end();
    }
  }

  /** Lets answers and what streams tell wait until the function that it returns is called. */
  hold(): () => void {
    let release = () => {};
    this.held = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.held = null;
      release();
    };
  }

  createGame(wishes: Wishes = {}): Game {
    expectName(wishes.name);
    const stored = new FakeGame(this.release === "before" ? {} : wishes);
    this.games.set(stored.gameId, stored);
    return stored.as(1);
  }

  joinGame(gameId: string, newPlayerId = newId("p"), name: string | null = null): Game {
    if (!SECRET.test(newPlayerId)) {
      throw new ContractError(422, "newPlayerId: not 32 of [a-zA-Z0-9]");
    }
    expectName(name);
    const stored = this.games.get(gameId);
    if (stored === undefined) {
      throw new ContractError(404, "Game not found");
    }
    const seat = stored.numberOf(newPlayerId);
    if (seat !== null) {
      return stored.as(seat);
    }
    if (stored.playerIds.length === 2 || stored.previous !== null) {
      throw new ContractError(404, "Game is full");
    }
    if (this.secrets().includes(newPlayerId)) {
      throw new ContractError(409, "newPlayerId is taken");
    }
    stored.join(newPlayerId, this.release === "before" ? null : name);
    this.publish(stored);
    return stored.as(stored.numberOf(newPlayerId) as Player);
  }

  getGame(gameId: string, playerId: string): Game {
    const [stored, player] = this.find(gameId, playerId);
    return stored.as(player);
  }

  makeMove(gameId: string, playerId: string, column: number, move?: number): Game {
    const [stored, player] = this.find(gameId, playerId);
    const before = stored.version;
    stored.move(player, column, move);
    if (stored.version > before) {
      this.publish(stored);
    }
    return stored.as(player);
  }

  act(act: Act, gameId: string, playerId: string): Game {
    const [stored, player] = this.find(gameId, playerId);
    if (act === "rematch") {
      const next = stored.rematch(player);
      this.games.set(next.game.gameId, next.game);
      this.publish(stored);
      this.publish(next.game);
      return next.game.as(next.game.numberOf(next.playerId) as Player);
    }
    const acts = {
      resign: "resign",
      offer_draw: "offerDraw",
      decline_draw: "declineDraw",
    } as const;
    if (act === "claim_win") {
      stored.claimWin(player);
    } else {
      stored[acts[act]](player);
    }
    this.publish(stored);
    return stored.as(player);
  }

  /** What a player does in a game of two. */
  actAs(player: Player, act: Act, gameId: string): Game {
    const stored = this.games.get(gameId) as FakeGame;
    return this.act(act, gameId, stored.playerIds[player - 1] as string);
  }

  /** Who is there from now on. */
  setPresence(gameId: string, presence: Partial<ToldPresence>): void {
    const stored = this.games.get(gameId) as FakeGame;
    stored.presence = { ...stored.presence, ...presence };
    for (const listener of this.listeners) {
      if (listener.stored === stored) {
        this.tellPresence(listener);
      }
    }
  }

  /** Plays moves in a game of two, whoever's turn it is. */
  play(gameId: string, ...columns: number[]): void {
    for (const column of columns) {
      const stored = this.games.get(gameId) as FakeGame;
      this.makeMove(gameId, stored.playerIds[stored.turn - 1] as string, column);
    }
  }

  /** The secrets of all players. */
  secrets(): string[] {
    return [...this.games.values()].flatMap(({ playerIds }) => playerIds);
  }

  forget(gameId: string): void {
    this.games.delete(gameId);
  }

  board(gameId: string): Board {
    return (this.games.get(gameId) as FakeGame).board;
  }

  private find(gameId: string, playerId: string): [FakeGame, Player] {
    const stored = this.games.get(gameId);
    if (stored === undefined) {
      throw new ContractError(404, "Game not found");
    }
    const player = stored.numberOf(playerId);
    if (player === null) {
      throw new ContractError(404, "Player not found");
    }
    return [stored, player];
  }

  private isGone(): boolean {
    return this.network === "down" || this.network === "losing answers";
  }

  private async watch(query: URLSearchParams, request: RequestInit): Promise<Response> {
    if (this.network === "streams blocked") {
      return aborted(request.signal);
    }
    if (this.network === "streams refused") {
      throw new ContractError(404, "Not found");
    }
    const playerId = secretIn(request);
    const gameId = String(query.get("gameId"));
    const stored = playerId === null ? this.games.get(gameId) : this.find(gameId, playerId)[0];
    if (stored === undefined) {
      throw new ContractError(404, "Game not found");
    }
    const keepalive = this.release === "this" ? query.get("keepalive") : null;
    const stream = new FakeStream(
      request.signal,
      () => this.network !== "up",
      keepalive === null ? null : Number(keepalive),
    );
    const stays = query.get("stay") === "true" && this.release === "this";
    const listener = { stream, stored, playerId, stays };
    this.listeners.push(listener);
    if (Number(new Headers(request.headers).get("Last-Event-ID")) < stored.version) {
      this.tell(listener);
    }
    this.tellPresence(listener);
    return listener.stream.response;
  }

  private publish(stored: FakeGame): void {
    for (const listener of this.listeners) {
      if (listener.stored === stored) {
        this.tell(listener);
      }
    }
  }

  /** Sends the game as it is now, however late that arrives. */
  private async tell({ stream, stored, playerId, stays }: Listener): Promise<void> {
    const game = stored.seenBy(playerId === null ? null : stored.numberOf(playerId));
    const id = stored.version;
    await this.held;
    if (this.network !== "up") {
      return;
    }
    stream.send(`id: ${id}\ndata: ${JSON.stringify(this.told(game))}\n\n`);
    if (!game.active && (!stays || game.nextGameId !== null)) {
      stream.send("event: end\ndata: {}\n\n");
      stream.end();
    }
  }

  private async tellPresence({ stream, stored }: Listener): Promise<void> {
    const presence = JSON.stringify(stored.presence);
    await this.held;
    if (this.network === "up" && this.release === "this") {
      stream.send(`event: presence\ndata: ${presence}\n\n`);
    }
  }

  private told(game: WatchedGame): object {
    return this.release === "this" ? game : asBefore(game);
  }

  private async fetch(input: string | URL, request: RequestInit): Promise<Response> {
    const url = new URL(input, window.location.href);
    const { pathname, searchParams } = url;
    this.urls.push(url.href);
    this.requests.push(`${request.method ?? "GET"} ${pathname}`);
    if (this.network === "down") {
      throw new TypeError("Failed to fetch");
    }
    // A stream tells how the game is when it opens.
    const isStream = pathname === "/watch_game";
    const answer = isStream ? null : await this.answer(pathname, searchParams, request);
    if (this.held !== null) {
      await Promise.race([this.held, aborted(request.signal)]);
    }
    request.signal?.throwIfAborted();
    if (this.isGone()) {
      throw new TypeError("Failed to fetch");
    }
    return answer ?? this.answer(pathname, searchParams, request);
  }

  private json(game: Game, status: number): Response {
    return Response.json(this.told(game), { status });
  }

  private async answer(
    path: string,
    query: URLSearchParams,
    request: RequestInit,
  ): Promise<Response> {
    const body = request.body ? JSON.parse(String(request.body)) : {};
    try {
      switch (path) {
        case "/config.json":
          return Response.json(this.config);
        case "/create_game":
          return this.json(this.createGame(body), 201);
        case "/join_game":
          return this.json(this.joinGame(body.gameId, body.newPlayerId, body.name), 202);
        case "/get_game":
          return this.json(this.getGame(String(query.get("gameId")), secretIn(request) ?? ""), 200);
        case "/watch_game":
          return await this.watch(query, request);
        case "/make_move": {
          const { gameId, playerId, column, move } = body;
          return this.json(this.makeMove(gameId, playerId, column, move), 202);
        }
        case "/resign":
        case "/offer_draw":
        case "/decline_draw":
        case "/claim_win":
        case "/rematch":
          if (this.release === "this") {
            return this.json(this.act(path.slice(1) as Act, body.gameId, body.playerId), 202);
          }
      }
      throw new ContractError(404, "Not found");
    } catch (error) {
      if (error instanceof ContractError) {
        const { message, game, status } = error;
        return Response.json(game ? { error: message, game } : { error: message }, { status });
      }
      throw error;
    }
  }
}

/** The player's secret, which no address may have; null without one. */
function secretIn(request: RequestInit): string | null {
  const authorization = new Headers(request.headers).get("Authorization");
  return authorization?.replace(/^Bearer /, "") ?? null;
}

function expectName(name: string | null | undefined): void {
  if (name === "Refused") {
    throw new ContractError(422, "name: a control, format or unassigned character");
  }
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
    }
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}
