/** An online game on the screen of one visitor, for the tests of its component. */

import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { StrictMode } from "react";
import { beforeEach, vi } from "vitest";
import { configuredApi, type Wishes } from "../api/client";
import type { Game } from "../api/game";
import { OnlineMultiplayerGame } from "../components/OnlineMultiplayerGame/OnlineMultiplayerGame";
import { rememberSeat } from "../game/seats";
import { FakeServer } from "./FakeServer";

export let server: FakeServer;
export const onNewGame = vi.fn();
export const onNext = vi.fn();
export const onLeave = vi.fn();

beforeEach(() => {
  server = new FakeServer();
  onNewGame.mockReset().mockResolvedValue(undefined);
  onNext.mockReset();
  onLeave.mockReset();
});

export function open(gameId: string, api = configuredApi()) {
  return render(
    <StrictMode>
      <OnlineMultiplayerGame
        api={api}
        gameId={gameId}
        onNewGame={onNewGame}
        onNext={onNext}
        onLeave={onLeave}
      />
    </StrictMode>,
  );
}

/** A game of two, as its first player sees it before they open it. */
export function gameOfTwo(moves: readonly number[] = [], wishes: Wishes = {}): Game {
  const game = server.createGame(wishes);
  rememberSeat(game);
  server.joinGame(game.gameId, undefined, "Bob");
  server.play(game.gameId, ...moves);
  return game;
}

/** A game of two, opened by its first player. */
export async function openAsFirst(...moves: number[]): Promise<Game> {
  const game = gameOfTwo(moves);
  open(game.gameId);
  await screen.findByRole("region", { name: "Game" });
  return game;
}

/** Lets whatever waits for the server try at once. */
export function lookAgain() {
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

export function connectionLost() {
  return screen.queryByText("Connection lost, trying again…");
}

export async function press(name: string) {
  await userEvent.click(await screen.findByRole("button", { name }));
}
