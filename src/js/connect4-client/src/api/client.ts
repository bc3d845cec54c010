/** The server's HTTP API, typed by its OpenAPI document. */

import { EventSource } from "eventsource";
import { within } from "../browser/within";
import type { components } from "./schema";

/** A game as the player who asks sees it. */
export type Game = components["schemas"]["Game"];

export type Move = components["schemas"]["MakeMove"] & {
  /** How many moves were played before it: so it counts once, however often it is sent. */
  move: number;
};

type Join = components["schemas"]["JoinGame"];

/** What the server says when it refuses. */
interface Refusal {
  error?: string;
  /** How the game is, if the move was not the next one in it. */
  game?: Game;
}

/** The server answered, and refused; the message is the one of its error body. */
export class Refused extends Error {
  constructor(
    message: string,
    /** The present state, where the server told it. */
    readonly game: Game | null = null,
  ) {
    super(message);
  }
}

/** There was no answer, or none that makes sense: ask again later. */
export class Unreachable extends Error {}

/** Whether one state is older than another: a game only ever gains players and moves. */
export function isBefore(one: Game, other: Game): boolean {
  return one.playerCount < other.playerCount || one.moves.length < other.moves.length;
}

/** What config.json says; what it does not say is "". */
interface Config {
  /** Where the API is, with or without a slash at the end; "" is beside the page. */
  apiUrl?: string;
  /** Where others in the network reach the page. The launcher tells it. */
  networkUrl?: string;
}

/** Every method throws Refused, Unreachable, or the signal's reason when it aborts. */
export interface Api {
  createGame(): Promise<Game>;
  /**
   * Takes the free seat, which gets the secret `newPlayerId`, 32 of [a-zA-Z0-9]. The same join again,
   * such as after a lost answer, takes one seat.
   */
  joinGame(gameId: string, newPlayerId: string): Promise<Game>;
  getGame(gameId: string, playerId: string, signal: AbortSignal): Promise<Game>;
  /** Opens a stream of the game's states, the present one first. */
  watchGame(gameId: string, playerId: string): Promise<EventSource>;
  /** The same move again, such as after a lost answer, counts once. */
  makeMove(move: Move): Promise<Game>;
  /** Where others in the network reach the page; "" if nothing says so, or before any answer. */
  readonly networkUrl: string;
}

const TIMEOUT_MS = 10_000;
// Not for POST, which no cache answers: Chromium would send a CORS preflight before each one.
const FRESH = { cache: "no-store" } as const;
const JSON_BODY = { "Content-Type": "application/json" };

/** The API that config.json beside the page names. It is read with the first call that gets an answer. */
export function configuredApi(): Api {
  let config: Config | undefined;

  async function baseUrl(): Promise<string> {
    config ??= (await answer("config.json", FRESH)) as Config;
    const { apiUrl = "" } = config;
    const folder = apiUrl === "" ? "./" : apiUrl;
    return new URL(folder, window.location.href).href.replace(/\/+$/, "");
  }

  async function call(path: string, request: RequestInit): Promise<Game> {
    return (await answer((await baseUrl()) + path, request)) as Game;
  }

  function post(path: string, body: object): Promise<Game> {
    return call(path, { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) });
  }

  return {
    createGame: () => post("/create_game", {}),
    joinGame: (gameId, newPlayerId) => post("/join_game", { gameId, newPlayerId } satisfies Join),
    getGame: (gameId, playerId, signal) =>
      call(`/get_game?${new URLSearchParams({ gameId })}`, {
        ...FRESH,
        headers: bearer(playerId),
        signal,
      }),
    watchGame: async (gameId, playerId) =>
      new EventSource(`${await baseUrl()}/watch_game?${new URLSearchParams({ gameId })}`, {
        fetch: (url, request) =>
          fetch(url, { ...request, headers: { ...request.headers, ...bearer(playerId) } }),
      }),
    makeMove: (move) => post("/make_move", move),
    get networkUrl() {
      return config?.networkUrl ?? "";
    },
  };
}

/** A player's secret as a header: proxies log URLs, and browsers remember them. */
function bearer(playerId: string): { Authorization: string } {
  return { Authorization: `Bearer ${playerId}` };
}

async function answer(url: string, request: RequestInit): Promise<unknown> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...request, signal: within(TIMEOUT_MS, request.signal) });
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
  const { error, game } = body as Refusal;
  throw new Refused(error ?? `answered ${response.status}`, game);
}
