import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { configuredApi } from "../../api/client";
import type { Game } from "../../api/game";
import { joinSettled, secretToJoin } from "../../game/joins";
import { boardAfter } from "../../game/localGame";
import { unansweredMove } from "../../game/pendingMoves";
import { isolated } from "../../game/playerName";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import { CREATED } from "../../testing/FakeGame";
import {
  connectionLost,
  lookAgain,
  onLeave,
  onNewGame,
  open,
  openAsFirst,
  press,
  server,
} from "../../testing/online";
import { column, expectBoard, expectStatus, spoken, status } from "../../testing/screen";

const BOB = isolated("Bob");

describe("the one who made the game", () => {
  let game: Game;

  beforeEach(async () => {
    game = server.createGame();
    rememberSeat(game);
    open(game.gameId);
    await expectStatus("Waiting for your friend…");
  });

  test("gets the link to send", async () => {
    const link = screen.getByRole<HTMLInputElement>("textbox", { name: "Link to this game" });
    expect(link.value).toBe(`http://connect4.test/?game=${game.gameId}`);
    await waitFor(() => expect(document.title).toBe("Waiting for your friend… – Connect 4"));
  });

  test("cannot play alone", async () => {
    await userEvent.click(column(4));
    expect(server.requests).not.toContain("POST /make_move");
  });

  test("sees the friend come, and begins", async () => {
    server.joinGame(game.gameId);
    await expectStatus("Your turn");
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(spoken()).toBe("Your turn");
  });

  test("sees when the game was created", () => {
    expect(document.querySelector("time")?.dateTime).toBe(CREATED);
  });
});

describe("the one who opens the link", () => {
  /** Opens the link while answers get lost, and waits until the server has the join. */
  async function openAndLoseTheAnswer(gameId: string) {
    const page = open(gameId);
    await screen.findByRole("button", { name: "Play" });
    server.network = "losing answers";
    await press("Play");
    await waitFor(() => expect(() => server.joinGame(gameId)).toThrow("Game is full"));
    return page;
  }

  async function expectToPlay(gameId: string) {
    await expectStatus("Red’s turn, wait for it");
    server.play(gameId, 3);
    await expectStatus("Your turn");
    await userEvent.click(column(4));
    await waitFor(() => expect(server.board(gameId)).toEqual(boardAfter([3, 3])));
  }

  test("joins, waits for the other’s move, and plays", async () => {
    const { gameId } = server.createGame();
    open(gameId);
    await press("Play");
    await expectToPlay(gameId);
    expect(() => server.getGame(gameId, rememberedSeat(gameId)?.playerId ?? "")).not.toThrow();
  });

  test("plays, although the answer to the join got lost", async () => {
    const { gameId } = server.createGame();
    await openAndLoseTheAnswer(gameId);
    server.network = "up";
    lookAgain();
    await expectToPlay(gameId);
  });

  test("plays after a reload, although the answer to the join got lost", async () => {
    const { gameId } = server.createGame();
    const { unmount } = await openAndLoseTheAnswer(gameId);
    unmount();
    server.network = "up";
    open(gameId);
    await expectToPlay(gameId);
  });

  test.each([
    ["the same secret", secretToJoin],
    ["a secret of its own", () => "x".repeat(32)],
  ])("plays, although another tab has joined meanwhile with %s", async (_, secretOfTheOther) => {
    const { gameId } = server.createGame();
    open(gameId);
    await screen.findByRole("button", { name: "Play" });
    server.network = "down";
    await press("Play");
    await waitFor(() => expect(connectionLost()).not.toBeNull());
    rememberSeat(server.joinGame(gameId, secretOfTheOther(gameId)));
    joinSettled(gameId);
    server.network = "up";
    lookAgain();
    await expectToPlay(gameId);
  });

  test("keeps the secret of the seat alone, once they have it", async () => {
    const { gameId } = server.createGame();
    open(gameId);
    await press("Play");
    await expectStatus("Red’s turn, wait for it");
    expect(Object.keys(window.localStorage)).toEqual([`connect4.seat.${gameId}`]);
  });

  test("joins as soon as the server can be reached", async () => {
    const game = server.createGame();
    open(game.gameId);
    await screen.findByRole("button", { name: "Play" });
    server.network = "down";
    await press("Play");
    await waitFor(() => expect(connectionLost()).not.toBeNull());
    server.network = "up";
    lookAgain();
    await expectStatus("Red’s turn, wait for it");
    expect(connectionLost()).toBeNull();
  });

  test("is told that the game is not there, and the ways out", async () => {
    open("x".repeat(32));
    const message = "There is no such game. Check the link.";
    expect((await screen.findAllByRole("alert"))[0]?.textContent).toContain(message);
    expect(window.localStorage).toHaveLength(0);

    await press("New online game");
    expect(onNewGame).toHaveBeenCalledOnce();
    await press("Back to the start");
    expect(onLeave).toHaveBeenCalledOnce();
  });
});

describe("the one who comes back", () => {
  test("has their seat and the board again", async () => {
    await openAsFirst(3, 4, 4);
    expect(status()).toBe(`${BOB}’s turn, wait for it`);
    expectBoard(boardAfter([3, 4, 4]));
    expect(server.requests).not.toContain("POST /join_game");
  });

  test("sees how a game has ended, and finds it finished", async () => {
    const game = await openAsFirst(0, 1, 0, 1, 0, 1, 0);
    expect(status()).toBe("You won!");
    expect(rememberedSeat(game.gameId)?.over).toBe(true);
  });

  test.each([
    ["the game is gone", "There is no such game. Check the link."],
    ["the seat is another game’s", "The server does not know your seat in this game."],
  ])("is told if %s", async (trouble, message) => {
    const game = server.createGame();
    if (trouble === "the game is gone") {
      server.forget(game.gameId);
    }
    rememberSeat({ ...game, playerId: "x".repeat(32) });
    open(game.gameId);
    expect((await screen.findAllByRole("alert"))[0]?.textContent).toContain(message);
  });
});

describe("a move", () => {
  test("is on the board, and the other’s turn, when the server has it", async () => {
    const game = await openAsFirst();
    await userEvent.click(column(4));
    await expectStatus(`${BOB}’s turn, wait for it`);
    expectBoard(boardAfter([3]));
    expect(server.board(game.gameId)).toEqual(boardAfter([3]));
    expect(spoken()).toBe(`Red played column 4. ${BOB}’s turn, wait for it`);
    server.play(game.gameId, 3);
    await expectStatus("Your turn");
    expect(server.requests).not.toContain("GET /get_game");
  });

  test("whose answer was late leaves no stream behind that may have broken with it", async () => {
    const game = await openAsFirst();
    server.network = "losing answers";
    await userEvent.click(column(4));
    await waitFor(() => expect(connectionLost()).not.toBeNull());
    server.network = "up";
    lookAgain();
    await expectStatus(`${BOB}’s turn, wait for it`);
    await waitFor(() => expect(server.streams).toBe(1));
    server.play(game.gameId, 3);
    await expectStatus("Your turn");
  });

  test("of the other comes, is spoken and shown", async () => {
    const game = await openAsFirst(3);
    server.play(game.gameId, 5);
    await expectStatus("Your turn");
    expectBoard(boardAfter([3, 5]));
    expect(spoken()).toBe(`${BOB} played column 6. Your turn`);
    await waitFor(() => expect(document.title).toBe("Your turn – Connect 4"));
  });

  test("is sent once, and not shown before the server has it", async () => {
    await openAsFirst();
    const release = server.hold();
    await userEvent.click(column(4));
    await userEvent.keyboard("45");
    expect(server.requests.filter((request) => request === "POST /make_move")).toHaveLength(1);
    expectBoard(boardAfter([]));
    expect(column(4).querySelector("[data-pending]")).not.toBeNull();
    release();
    await waitFor(() => expectBoard(boardAfter([3])));
  });

  test("at the other’s turn is none", async () => {
    await openAsFirst(3);
    await userEvent.click(column(4));
    await userEvent.keyboard("4");
    expect(server.requests).not.toContain("POST /make_move");
  });

  test("that comes after another of the same person, in another tab, shows that one", async () => {
    const game = await openAsFirst();
    server.network = "streams blocked";
    server.play(game.gameId, 6);
    await userEvent.click(column(4));
    await expectStatus(`${BOB}’s turn, wait for it`);
    expectBoard(boardAfter([6]));
    expect(screen.queryByText(/refuses/)).toBeNull();
  });

  test("that the server refuses is explained", async () => {
    const game = await openAsFirst();
    vi.spyOn(server, "makeMove").mockImplementationOnce(() =>
      server.getGame(game.gameId, "nobody"),
    );
    await userEvent.click(column(4));
    await screen.findByText("The server refuses: Player not found.");
    expectBoard(boardAfter([]));
  });

  test.each(["losing answers", "down"] as const)(
    "is sent until there is an answer, shown then, and counts once: with a network %s",
    async (network) => {
      const game = await openAsFirst();
      server.network = network;
      await userEvent.click(column(4));
      await waitFor(() => expect(connectionLost()).not.toBeNull());
      expectBoard(boardAfter([]));
      expect(column(4).querySelector("[data-pending]")).not.toBeNull();

      server.network = "up";
      lookAgain();
      await waitFor(() => expectBoard(boardAfter([3])));
      expect(connectionLost()).toBeNull();
      expect(screen.getByText("Connected again.")).toBeDefined();
      expect(server.board(game.gameId)).toEqual(boardAfter([3]));
    },
  );

  test("that is not answered is not sent when its person has left, but when they are back", async () => {
    const game = server.createGame();
    rememberSeat(game);
    server.joinGame(game.gameId);
    const { unmount } = open(game.gameId);
    await expectStatus("Your turn");
    server.network = "down";
    await userEvent.click(column(4));
    await waitFor(() => expect(connectionLost()).not.toBeNull());
    unmount();
    server.network = "up";
    lookAgain();
    await configuredApi().createGame();
    expect(server.board(game.gameId)).toEqual(boardAfter([]));

    open(game.gameId);
    await waitFor(() => expectBoard(boardAfter([3])));
    expect(server.board(game.gameId)).toEqual(boardAfter([3]));
  });

  test("that is not answered is forgotten when the game has gone on without it", async () => {
    const game = await openAsFirst();
    server.network = "down";
    await userEvent.click(column(4));
    await waitFor(() => expect(connectionLost()).not.toBeNull());
    cleanup();
    server.network = "up";
    // The same person, in another browser.
    server.play(game.gameId, 6, 0);
    open(game.gameId);
    await expectStatus("Your turn");
    expectBoard(boardAfter([6, 0]));
    expect(server.board(game.gameId)).toEqual(boardAfter([6, 0]));
    expect(unansweredMove(game.gameId)).toBeNull();
  });
});

describe("the end", () => {
  test("is won with the last disc, and the line is marked", async () => {
    await openAsFirst(0, 1, 0, 1, 0, 1);
    await userEvent.click(column(1));
    await expectStatus("You won!");
    expect(column(1).querySelectorAll("[data-wins]")).toHaveLength(4);
    expect(spoken()).toBe("Red played column 1. You won!");
  });

  test("is lost with the other’s last disc", async () => {
    const game = await openAsFirst(0, 1, 0, 1, 0, 1, 6);
    server.play(game.gameId, 1);
    await expectStatus("You lost.");
  });
});

test("who leaves is asked for no more", async () => {
  const game = server.createGame();
  rememberSeat(game);
  const { unmount } = open(game.gameId);
  await expectStatus("Waiting for your friend…");
  unmount();
  server.requests.length = 0;
  lookAgain();
  // By the time that this has its answer, a question that was due would have been asked, too.
  await configuredApi().createGame();
  expect(server.requests).toEqual(["GET /config.json", "POST /create_game"]);
});
