/** The server's HTTP API, typed by its OpenAPI document. */

import type { components } from "./schema";

/** A game as the player who asks sees it. */
export type Game = components["schemas"]["Game"];

/** The server answered, and refused; the message is the one of its error body. */
export class Refused extends Error {}

/** There was no answer, or none that makes sense: ask again later. */
export class Unreachable extends Error {}

/** Every method throws Refused, Unreachable, or the signal's reason when it aborts. */
export interface Api {
  createGame(): Promise<Game>;
  joinGame(gameId: string): Promise<Game>;
  getGame(gameId: string, playerId: string, signal: AbortSignal): Promise<Game>;
  makeMove(gameId: string, playerId: string, column: number): Promise<Game>;
}

const TIMEOUT_MS = 10_000;
const JSON_BODY = { "Content-Type": "application/json" };

/**
 * The API that config.json beside the page names: {"apiUrl": "https://…"}, with or without a slash
 * at the end; "" is the page's own origin. It is read with the first call that gets an answer.
 */
export function configuredApi(): Api {
  let known: string | undefined;

  async function baseUrl(): Promise<string> {
    if (known === undefined) {
      const config = (await answer("config.json", {})) as { apiUrl?: string };
      known = (config.apiUrl ?? "").replace(/\/+$/, "");
    }
    return known;
  }

  async function call(path: string, request: RequestInit): Promise<Game> {
    return (await answer((await baseUrl()) + path, request)) as Game;
  }

  function post(path: string, body: object): Promise<Game> {
    return call(path, { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) });
  }

  return {
    createGame: () => post("/create_game", {}),
    joinGame: (gameId) => post("/join_game", { gameId }),
    getGame: (gameId, playerId, signal) =>
      call(`/get_game?${new URLSearchParams({ gameId, playerId })}`, { signal }),
    makeMove: (gameId, playerId, column) => post("/make_move", { gameId, playerId, column }),
  };
}

async function answer(url: string, request: RequestInit): Promise<unknown> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, {
      ...request,
      cache: "no-store",
      signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
    });
    body = await response.json();
  } catch (error) {
    request.signal?.throwIfAborted();
    throw new Unreachable("no answer", { cause: error });
  }
  if (response.ok) {
    return body;
  }
  if (response.status >= 500) {
    throw new Unreachable(`answered ${response.status}`);
  }
  throw new Refused((body as { error?: string }).error ?? `answered ${response.status}`);
}
