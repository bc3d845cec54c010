import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { configuredApi } from "../../api/client";
import type { Game } from "../../api/game";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import { FakeServer } from "../../testing/FakeServer";
import { YourGames } from "./YourGames";

const RED_WINS = [0, 1, 0, 1, 0, 1, 0];

let server: FakeServer;
const onOpen = vi.fn();

beforeEach(() => {
  server = new FakeServer();
  onOpen.mockReset();
});

/** A game of two that this browser has begun, as it was before the moves. */
function playedGame(...moves: number[]): Game {
  const game = server.createGame();
  server.joinGame(game.gameId);
  rememberSeat(server.getGame(game.gameId, game.playerId));
  server.play(game.gameId, ...moves);
  return game;
}

function show() {
  return render(<YourGames api={configuredApi()} onOpen={onOpen} />);
}

function rows(): HTMLElement[] {
  return screen.getAllByRole("listitem");
}

/** Waits until the rows say how their games stand. */
async function expectStates(...states: string[]) {
  await waitFor(() =>
    expect(rows().map((row) => row.querySelector("button span span")?.textContent)).toEqual(states),
  );
}

function asked(): string[] {
  return server.requests.filter((request) => request === "GET /get_game");
}

test("a new visitor has none", () => {
  const { container } = show();
  expect(container.innerHTML).toBe("");
});

test("how unfinished games stand is asked, and shown when it is known", async () => {
  rememberSeat({ ...server.createGame(), created: "2026-11-23T10:04:00Z" });
  rememberSeat({ ...playedGame(3), created: "2026-11-23T10:03:00Z" });
  playedGame(3, 3);
  playedGame(...RED_WINS);
  show();
  expect(screen.getByRole("heading", { name: "Your games" })).toBeDefined();
  await waitFor(() => expect(asked()).toHaveLength(4));
  await waitFor(() =>
    expect(rows().map((row) => row.textContent?.replace(/Created.*/, ""))).toEqual(
      expect.arrayContaining([
        "Waiting for your friend…",
        "Yellow’s turn",
        "Your turn",
        "You won!",
      ]),
    ),
  );
});

test("says against whom, and how it ended", async () => {
  const game = server.createGame();
  const { playerId } = server.joinGame(game.gameId, undefined, "Anna");
  rememberSeat(game);
  server.act("resign", game.gameId, playerId);
  show();
  await screen.findByText("Against \u2068Anna\u2069");
  expect(rows()[0]?.textContent).toContain("resigned");
});

test("a finished game is not asked for", async () => {
  const game = playedGame(...RED_WINS);
  rememberSeat(server.getGame(game.gameId, game.playerId));
  show();
  await expectStates("You won!");
  expect(server.requests).toEqual([]);
});

test("at most three are asked for at the same time", async () => {
  for (let game = 0; game < 5; game++) {
    playedGame(3);
  }
  const release = server.hold();
  show();
  await waitFor(() => expect(server.requests).toContain("GET /config.json"));
  release();
  await waitFor(() => expect(asked()).toHaveLength(5));
});

test("without a network, what was known last is shown", async () => {
  playedGame(3);
  server.network = "down";
  show();
  await expectStates("Your turn");
  await waitFor(() => expect(server.requests).not.toEqual([]));
  await expectStates("Your turn");
});

test("who looks at the page again sees how things stand then", async () => {
  const { gameId } = playedGame();
  show();
  await expectStates("Your turn");
  server.play(gameId, 3);
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expectStates("Yellow’s turn");
});

test("the record of an earlier release is shown, and asked for", async () => {
  const { gameId, playerId, created } = playedGame();
  const old = { gameId, playerId, created, over: false };
  window.localStorage.setItem(`connect4.seat.${gameId}`, JSON.stringify(old));
  show();
  expect(rows()[0]?.textContent).toMatch(/^Created/);
  await expectStates("Your turn");
});

test("a game that the server does not know any more says so, and is asked for once", async () => {
  const { gameId } = playedGame();
  server.forget(gameId);
  show();
  await expectStates("The server does not keep this game any more.");
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(asked()).toHaveLength(1);
});

test("a game is opened", async () => {
  const { gameId } = playedGame();
  show();
  await userEvent.click(await screen.findByRole("button", { name: /^Your turn/ }));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(gameId);
});

test("five are shown, and then all", async () => {
  for (let game = 0; game < 7; game++) {
    playedGame();
  }
  show();
  expect(rows()).toHaveLength(5);
  await userEvent.click(screen.getByRole("button", { name: "Show all 7" }));
  expect(rows()).toHaveLength(7);
  expect(screen.queryByRole("button", { name: /^Show all/ })).toBeNull();
});

test("one is removed, which can be undone", async () => {
  const { gameId } = playedGame();
  const seat = rememberedSeat(gameId);
  show();
  await expectStates("Your turn");
  await userEvent.click(screen.getByRole("button", { name: /^Remove the game/ }));
  expect(rememberedSeat(gameId)).toBeNull();
  expect(within(rows()[0] as HTMLElement).getByRole("status").textContent).toBe("Removed.");

  const undo = screen.getByRole("button", { name: "Undo" });
  expect(document.activeElement).toBe(undo);
  await userEvent.click(undo);
  expect(rememberedSeat(gameId)).toEqual(seat);
  await expectStates("Your turn");
});
