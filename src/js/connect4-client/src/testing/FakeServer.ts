/** A server in memory that keeps the HTTP contract, behind a network that can fail. */

import { vi } from "vitest";
import type { Game } from "../api/client";
import { matchOf } from "../game/match";
import { type Board, drop, EMPTY_BOARD, landingRow, type Player, ply } from "../game/rules";

interface StoredGame {
  gameId: string;
  playerIds: string[];
  board: Board;
  moves: number[];
}

type Network = "up" | "down" | "losing answers";

export const CREATED = "2026-11-23T10:15:30.123456Z";

/** Takes the place of the browser's fetch until the test ends. */
export class FakeServer {
  network: Network = "up";
  /** What was asked for, such as "POST /make_move". */
  readonly requests: string[] = [];
  config: unknown = { apiUrl: "" };
  private readonly games = new Map<string, StoredGame>();
  private held: Promise<void> | null = null;

  constructor() {
    vi.stubGlobal("fetch", (url: string, request: RequestInit) => this.fetch(url, request));
  }

  /** Lets answers wait until the function that it returns is called. */
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

  joinGame(gameId: string): Game {
    const stored = this.games.get(gameId);
    if (stored === undefined) {
      throw new ContractError(404, "Game not found");
    }
    if (stored.playerIds.length === 2) {
      throw new ContractError(404, "Game is full");
    }
    stored.playerIds.push(newId("p"));
    return seenBy(stored, 2);
  }

  getGame(gameId: string, playerId: string): Game {
    return seenBy(...this.find(gameId, playerId));
  }

  makeMove(gameId: string, playerId: string, column: number): Game {
    const [stored, player] = this.find(gameId, playerId);
    const { turn, active } = matchOf(stored.board);
    if (stored.playerIds.length < 2) {
      throw new ContractError(412, "Game not started");
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

  private async fetch(url: string, request: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url, window.location.href);
    this.requests.push(`${request.method ?? "GET"} ${pathname}`);
    if (this.network === "down") {
      throw new TypeError("Failed to fetch");
    }
    const answer = this.answer(pathname, searchParams, request);
    if (this.held !== null) {
      await Promise.race([this.held, aborted(request.signal)]);
    }
    request.signal?.throwIfAborted();
    if (this.network !== "up") {
      throw new TypeError("Failed to fetch");
    }
    return answer;
  }

  private answer(path: string, query: URLSearchParams, request: RequestInit): Response {
    const body = request.body ? JSON.parse(String(request.body)) : {};
    try {
      switch (path) {
        case "/config.json":
          return Response.json(this.config);
        case "/create_game":
          return Response.json(this.createGame(), { status: 201 });
        case "/join_game":
          return Response.json(this.joinGame(body.gameId), { status: 202 });
        case "/get_game":
          return Response.json(
            this.getGame(String(query.get("gameId")), String(query.get("playerId"))),
          );
        case "/make_move":
          return Response.json(this.makeMove(body.gameId, body.playerId, body.column), {
            status: 202,
          });
        default:
          throw new ContractError(404, "Not found");
      }
    } catch (error) {
      if (error instanceof ContractError) {
        return Response.json({ error: error.message }, { status: error.status });
      }
      throw error;
    }
  }
}

class ContractError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
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
