/** The server's HTTP API, typed by its OpenAPI document. */

import type { components } from "./schema";

export type Game = components["schemas"]["Game"];

/** The server answered, and refused: `status` and the message of its error body. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** There was no answer, or none that makes sense: try again later. */
export class Unreachable extends Error {}

export interface Api {
  createGame(signal?: AbortSignal): Promise<Game>;
  joinGame(gameId: string, signal?: AbortSignal): Promise<Game>;
  getGame(gameId: string, playerId: string, signal?: AbortSignal): Promise<Game>;
  makeMove(gameId: string, playerId: string, column: number, signal?: AbortSignal): Promise<Game>;
}

const TIMEOUT_MS = 10_000;

/** The API at a base URL, with or without a slash at its end; "" is the page's own origin. */
export function apiAt(baseUrl: string): Api {
  const base = baseUrl.replace(/\/+$/, "");

  async function call(path: string, init: RequestInit, signal?: AbortSignal): Promise<Game> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(base + path, {
        ...init,
        cache: "no-store",
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      body = await response.json();
    } catch (error) {
      signal?.throwIfAborted();
      throw new Unreachable("no answer from the server", { cause: error });
    }
    if (response.ok) {
      return body as Game;
    }
    if (response.status >= 500) {
      throw new Unreachable(`the server answered ${response.status}`);
    }
    throw new Refused(response.status, (body as { error?: string }).error ?? response.statusText);
  }

  function post(path: string, body: object, signal?: AbortSignal): Promise<Game> {
    const headers = { "Content-Type": "application/json" };
    return call(path, { method: "POST", headers, body: JSON.stringify(body) }, signal);
  }

  return {
    createGame: (signal) => post("/create_game", {}, signal),
    joinGame: (gameId, signal) => post("/join_game", { gameId }, signal),
    getGame: (gameId, playerId, signal) =>
      call(`/get_game?${new URLSearchParams({ gameId, playerId })}`, { method: "GET" }, signal),
    makeMove: (gameId, playerId, column, signal) =>
      post("/make_move", { gameId, playerId, column }, signal),
  };
}

/** Reads where the API is from config.json beside the page: {"apiUrl": ""} is the same origin. */
export async function configuredApi(): Promise<Api> {
  const response = await fetch("config.json", { cache: "no-store" });
  if (!response.ok) {
    throw new Unreachable("config.json cannot be read");
  }
  const { apiUrl } = (await response.json()) as { apiUrl?: string };
  return apiAt(apiUrl ?? "");
}
