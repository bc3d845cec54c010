/** A server in memory that keeps the HTTP contract, behind a network that can fail. */

import { vi } from "vitest";
import type { Game } from "../api/client";
import { matchOf } from "../game/match";
import { type Board, drop, EMPTY_BOARD, landingRow, type Player, ply } from "../game/rules";
import { FakeStream } from "./FakeStream";

interface StoredGame {
  gameId: string;
  playerIds: string[];
  board: Board;
  moves: number[];
}

interface Listener {
  stream: FakeStream;
  stored: StoredGame;
  player: Player;
}

/** With streams blocked or refused, something on the way keeps or turns back streams alone. */
type Network = "up" | "down" | "losing answers" | "streams blocked" | "streams refused";

const SECRET = /^[a-zA-Z0-9]{32}$/;

export const CREATED = "2026-11-23T10:15:30.123456Z";

/** Takes the place of the browser's fetch until the test ends. */
export class FakeServer {
  /** What was asked for, such as "POST /make_move". */
  readonly requests: string[] = [];
  /** Where to: the whole address of each request. */
  readonly urls: string[] = [];
  config: unknown = { apiUrl: "" };
  private readonly games = new Map<string, StoredGame>();
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

  createGame(): Game {
    const stored = { gameId: newId("g"), playerIds: [newId("p")], board: EMPTY_BOARD, moves: [] };
    this.games.set(stored.gameId, stored);
    return seenBy(stored, 1);
  }

  joinGame(gameId: string, newPlayerId = newId("p")): Game {
    if (!SECRET.test(newPlayerId)) {
      throw new ContractError(422, "newPlayerId: not 32 of [a-zA-Z0-9]");
    }
    const stored = this.games.get(gameId);
    if (stored === undefined) {
      throw new ContractError(404, "Game not found");
    }
    const seat = stored.playerIds.indexOf(newPlayerId);
    if (seat !== -1) {
      return seenBy(stored, seat === 0 ? 1 : 2);
    }
    if (stored.playerIds.length === 2) {
      throw new ContractError(404, "Game is full");
    }
    if ([...this.games.values()].some(({ playerIds }) => playerIds.includes(newPlayerId))) {
      throw new ContractError(409, "newPlayerId is taken");
    }
    stored.playerIds.push(newPlayerId);
    this.publish(stored);
    return seenBy(stored, 2);
  }

  getGame(gameId: string, playerId: string): Game {
    return seenBy(...this.find(gameId, playerId));
  }

  makeMove(gameId: string, playerId: string, column: number, move?: number): Game {
    const [stored, player] = this.find(gameId, playerId);
    const { turn, active } = matchOf(stored.board);
    const played = stored.moves.length;
    if (stored.playerIds.length < 2) {
      throw new ContractError(412, "Game not started");
    }
    if (move !== undefined && move !== played) {
      const game = seenBy(stored, player);
      if (stored.moves[move] === column && (move % 2) + 1 === player) {
        return game;
      }
      throw new ContractError(409, `The game is at move ${played}, not ${move}`, game);
    }
    if (player !== turn) {
      throw new ContractError(403, "Not your turn");
    }
    if (!active) {
      throw new ContractError(403, "Game is over");
    }
    if (landingRow(stored.board, column) === null) {
      throw new ContractError(409, "Column is full");
    }
    stored.board = drop(stored.board, column, player);
    stored.moves.push(column);
    this.publish(stored);
    return seenBy(stored, player);
  }

  /** Plays moves in a game of two, whoever's turn it is. */
  play(gameId: string, ...columns: number[]): void {
    for (const column of columns) {
      const stored = this.games.get(gameId) as StoredGame;
      const player = matchOf(stored.board).turn;
      this.makeMove(gameId, stored.playerIds[player - 1] as string, column);
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
    return (this.games.get(gameId) as StoredGame).board;
  }

  private find(gameId: string, playerId: string): [StoredGame, Player] {
    const stored = this.games.get(gameId);
    if (stored === undefined) {
      throw new ContractError(404, "Game not found");
    }
    const index = stored.playerIds.indexOf(playerId);
    if (index === -1) {
      throw new ContractError(404, "Player not found");
    }
    return [stored, index === 0 ? 1 : 2];
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
    const [stored, player] = this.find(String(query.get("gameId")), secretIn(request));
    const stream = new FakeStream(request.signal, () => this.network !== "up");
    const listener = { stream, stored, player };
    this.listeners.push(listener);
    if (Number(new Headers(request.headers).get("Last-Event-ID")) < version(stored)) {
      this.tell(listener);
    }
    return listener.stream.response;
  }

  private publish(stored: StoredGame): void {
    for (const listener of this.listeners) {
      if (listener.stored === stored) {
        this.tell(listener);
      }
    }
  }

  /** Sends the game as it is now, however late that arrives. */
  private async tell({ stream, stored, player }: Listener): Promise<void> {
    const game = seenBy(stored, player);
    const id = version(stored);
    await this.held;
    if (this.network !== "up") {
      return;
    }
    stream.send(`id: ${id}\ndata: ${JSON.stringify(game)}\n\n`);
    if (!game.active) {
      stream.send("event: end\ndata: {}\n\n");
      stream.end();
    }
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
          return Response.json(this.createGame(), { status: 201 });
        case "/join_game":
          return Response.json(this.joinGame(body.gameId, body.newPlayerId), { status: 202 });
        case "/get_game":
          return Response.json(this.getGame(String(query.get("gameId")), secretIn(request)));
        case "/watch_game":
          return await this.watch(query, request);
        case "/make_move":
          return Response.json(this.makeMove(body.gameId, body.playerId, body.column, body.move), {
            status: 202,
          });
        default:
          throw new ContractError(404, "Not found");
      }
    } catch (error) {
      if (error instanceof ContractError) {
        const { message, game, status } = error;
        return Response.json(game ? { error: message, game } : { error: message }, { status });
      }
      throw error;
    }
  }
}

class ContractError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly game?: Game,
  ) {
    super(message);
  }
}

/** The player's secret, which no address may have. */
function secretIn(request: RequestInit): string {
  const authorization = new Headers(request.headers).get("Authorization") ?? "";
  return authorization.replace(/^Bearer /, "");
}

/** Rises with everything that happens to a game. */
function version({ playerIds, moves }: StoredGame): number {
  return playerIds.length + moves.length;
}

function seenBy({ gameId, playerIds, board, moves }: StoredGame, player: Player): Game {
  const { active, winner } = matchOf(board);
  return {
    gameId,
    playerId: playerIds[player - 1] as string,
    playerNumber: player,
    playerCount: playerIds.length === 1 ? 1 : 2,
    active,
    activePlayer: ply(board) % 2 === 0 ? 1 : 2,
    winner,
    board: board.map((column) => [...column]),
    moves: [...moves],
    created: CREATED,
  };
}

let ids = 0;

function newId(prefix: string): string {
  ids += 1;
  return prefix + String(ids).padStart(31, "0");
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
    }
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}
