/** The server's HTTP API, typed by its OpenAPI document. */

import { EventSource, type FetchLikeResponse } from "eventsource";
import { within } from "../browser/within";
import { complete, type Game, type WatchedGame } from "./game";
import type { components } from "./schema";

export type Move = components["schemas"]["MakeMove"] & {
  /** How many moves were played before it: so it counts once, however often it is sent. */
  move: number;
};

/** How a new game is to be. Servers of the release before heed none of it. */
export interface Wishes {
  /** What its creator is called. */
  readonly name?: string | null;
  readonly first?: "creator" | "joiner";
  /** "balanced": some moves are made already, and nobody has an advantage. */
  readonly opening?: "empty" | "balanced" | undefined;
}

/** What a player can do besides moving. Each counts once, however often it is sent. */
export type Act = "resign" | "offer_draw" | "decline_draw" | "claim_win" | "rematch";

/** A player's seat in a game. */
export interface SeatId {
  readonly gameId: string;
  readonly playerId: string;
}

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
    readonly status: number,
    /** The present state, where the server told it. */
    readonly game: Game | null = null,
  ) {
    super(message);
  }

  /** Whether it is the player's name that the server does not take. */
  get isOfName(): boolean {
    return this.status === 422 && /^name\b/.test(this.message);
  }
}

/** There was no answer, or none that makes sense: ask again later. */
export class Unreachable extends Error {}

/** What config.json says; what it does not say is "". */
interface Config {
  /** Where the API is, with or without a slash at the end; "" is beside the page. */
  apiUrl?: string;
  /** Where others in the network reach the page. The launcher tells it. */
  networkUrl?: string;
}

/** Every method throws Refused, Unreachable, or the signal's reason when it aborts. */
export interface Api {
  createGame(wishes?: Wishes): Promise<Game>;
  /**
   * Takes the free seat, which gets the secret `newPlayerId`, 32 of [a-zA-Z0-9], for who is called
   * `name`, if anything. The same join again, such as after a lost answer, takes one seat.
   */
  joinGame(gameId: string, newPlayerId: string, name?: string | null): Promise<Game>;
  /** A game as a player sees it, or, with null, who only watches. */
  getGame(gameId: string, playerId: string | null, signal: AbortSignal): Promise<WatchedGame>;
  /**
   * Opens a stream of the game's states, the present one first, and of who is there. `onHeard` is
   * called whenever something comes, also what is only to keep the connection open.
   */
  watchGame(gameId: string, playerId: string | null, onHeard: () => void): Promise<EventSource>;
  /** The same move again, such as after a lost answer, counts once. */
  makeMove(move: Move): Promise<Game>;
  /** Returns the game; with "rematch" the next one, in which the player has a seat, too. */
  act(act: Act, seat: SeatId): Promise<Game>;
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

  async function post(path: string, body: object): Promise<Game> {
    const request = { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) };
    return complete<Game>((await answer((await baseUrl()) + path, request)) as Game);
  }

  async function address(path: string, query: Record<string, string>): Promise<string> {
    return `${await baseUrl()}${path}?${new URLSearchParams(query)}`;
  }

  async function getGame(gameId: string, playerId: string | null, signal: AbortSignal) {
    const request = { ...FRESH, headers: bearer(playerId), signal };
    // Only streams are for everybody.
    const game =
      playerId === null
        ? await answer(await address("/watch_game", { gameId }), request, firstState)
        : await answer(await address("/get_game", { gameId }), request);
    return complete<WatchedGame>(game as WatchedGame);
  }

  return {
    createGame: ({ name, first = "creator", opening = "empty" } = {}) =>
      post("/create_game", {
        ...(name ? { name } : {}),
        ...(first === "creator" ? {} : { first }),
        ...(opening === "empty" ? {} : { opening }),
      } satisfies Wishes),
    joinGame: (gameId, newPlayerId, name = null) =>
      post("/join_game", { gameId, newPlayerId, name } satisfies Join),
    getGame,
    watchGame: async (gameId, playerId, onHeard) =>
      new EventSource(await address("/watch_game", { gameId, stay: "true", keepalive: "2" }), {
        fetch: async (url, request) => {
          const headers = { ...request.headers, ...bearer(playerId) };
          return overheard(await fetch(url, { ...request, headers }), onHeard);
        },
      }),
    makeMove: (move) => post("/make_move", move),
    act: (act, { gameId, playerId }) => post(`/${act}`, { gameId, playerId }),
    get networkUrl() {
      return config?.networkUrl ?? "";
    },
  };
}

/** A response that tells when some of its body comes: an EventSource keeps comments for itself. */
function overheard({ url, status, redirected, headers, body }: Response, onHeard: () => void) {
  function getReader() {
    const reader = (body as NonNullable<typeof body>).getReader();
    return {
      cancel: () => reader.cancel(),
      async read() {
        const part = await reader.read();
        onHeard();
        return part;
      },
    };
  }
  return { url, status, redirected, headers, body: body && { getReader } } as FetchLikeResponse;
}

/** A player's secret as a header: proxies log URLs, and browsers remember them. */
function bearer(playerId: string | null): { Authorization?: string } {
  return playerId === null ? {} : { Authorization: `Bearer ${playerId}` };
}

/** The state that a stream begins with; the rest of it is not read. */
async function firstState({ body }: Response): Promise<unknown> {
  const reader = (body as NonNullable<typeof body>)
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let events = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      throw new TypeError("the stream ended without a state");
    }
    events += value;
    const state = events
      .split("\n\n")
      .slice(0, -1)
      .filter((event) => !/^event:/m.test(event))
      .flatMap((event) => /^data:(.*)/m.exec(event)?.[1] ?? [])[0];
    if (state !== undefined) {
      await reader.cancel();
      return JSON.parse(state);
    }
  }
}

async function answer(
  url: string,
  request: RequestInit,
  read = (response: Response): Promise<unknown> => response.json(),
): Promise<unknown> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...request, signal: within(TIMEOUT_MS, request.signal) });
    body = await (response.ok ? read(response) : response.json());
  } catch (error) {
    request.signal?.throwIfAborted();
    throw new Unreachable("no answer", { cause: error });
  }
  if (response.ok) {
    return body;
  }
  // With 429 there were too many requests, from here or from others behind the same address.
  if (response.status >= 500 || response.status === 429) {
    throw new Unreachable(`answered ${response.status}`);
  }
  const { error, game } = body as Refusal;
  throw new Refused(
    error ?? `answered ${response.status}`,
    response.status,
    game && complete<Game>(game),
  );
}
