import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { boardAfter } from "../../game/localGame";
import { isolated, keptName } from "../../game/playerName";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import { gameOfTwo, onNext, open, openAsFirst, press, server } from "../../testing/online";
import { column, expectBoard, expectStatus, spoken, status } from "../../testing/screen";

describe("who opens the link of a game with a free seat", () => {
  test("takes no seat by that, and is told who invites", async () => {
    const { gameId } = server.createGame({ name: "Ada" });
    open(gameId);
    await expectStatus(`${isolated("Ada")} invites you to a game`);
    expect(screen.getByText("The other player begins.")).toBeDefined();
    expect(server.requests).not.toContain("POST /join_game");
    expect(() => server.joinGame(gameId)).not.toThrow();
  });

  test("is told how the game begins", async () => {
    const { gameId } = server.createGame({ first: "joiner", opening: "balanced" });
    open(gameId);
    await expectStatus("You are invited to a game");
    expect(screen.getByText("You begin.")).toBeDefined();
    expect(screen.getByText(/^Fair start: /)).toBeDefined();
    await press("Play");
    await expectStatus("Your turn");
    expect(spoken()).toBe("Your turn");
  });

  test("plays with the name that they give, which is kept", async () => {
    const { gameId } = server.createGame({ name: "Ada" });
    open(gameId);
    await userEvent.type(await screen.findByRole("textbox", { name: /name/ }), " Bob  B. {Enter}");
    await expectStatus(`${isolated("Ada")}’s turn, wait for it`);
    const seat = rememberedSeat(gameId);
    expect(server.getGame(gameId, seat?.playerId ?? "").names).toEqual(["Ada", "Bob B."]);
    expect(keptName()).toBe("Bob B.");
  });

  test.each([
    ["a\u200bb", "The name has characters that nobody can see. Leave them out."],
    ["x".repeat(21), "At most 20 characters, please."],
    ["Refused", "The server does not take this name. Choose another one."],
  ])("is told what is wrong with the name %j, and can give another", async (name, problem) => {
    const { gameId } = server.createGame();
    open(gameId);
    const field = await screen.findByRole("textbox", { name: /name/ });
    await userEvent.type(field, name);
    await press("Play");
    await screen.findByText(problem);
    await userEvent.clear(field);
    await press("Play");
    await expectStatus("Red’s turn, wait for it");
  });

  test("can watch, and see somebody else take the seat", async () => {
    const { gameId } = server.createGame();
    open(gameId);
    await press("Watch");
    await expectStatus("Waiting for a second player…");
    expect(screen.getByRole("button", { name: "Play" })).toBeDefined();
    server.joinGame(gameId);
    await expectStatus("Red’s turn");
    expect(server.requests).not.toContain("POST /join_game");
  });

  test("watches if somebody else was faster, and is told so", async () => {
    const { gameId } = server.createGame();
    open(gameId);
    await screen.findByRole("button", { name: "Play" });
    server.network = "streams blocked";
    server.joinGame(gameId);
    await press("Play");
    await screen.findByText("Somebody else has taken the seat. You are watching.");
    server.network = "up";
    await expectStatus("Red’s turn");
    expect(window.localStorage).toHaveLength(0);
  });

  test("plays when another tab of the same browser has taken the seat", async () => {
    const { gameId } = server.createGame();
    open(gameId);
    await screen.findByRole("button", { name: "Play" });
    rememberSeat(server.joinGame(gameId));
    await expectStatus("Red’s turn, wait for it");
    server.play(gameId, 3);
    await expectStatus("Your turn");
  });
});

describe("a watcher", () => {
  test("sees every move, and makes none", async () => {
    const { gameId } = gameOfTwo([], { name: "Ada" });
    window.localStorage.clear();
    open(gameId);
    await expectStatus(`${isolated("Ada")}’s turn`);
    server.play(gameId, 3, 4);
    await waitFor(() => expectBoard(boardAfter([3, 4])));
    expect(spoken()).toBe(`${isolated("Bob")} played column 5. ${isolated("Ada")}’s turn`);
    await userEvent.click(column(1));
    expect(server.requests).not.toContain("POST /make_move");
    for (const name of ["Resign", "Offer a draw", "Play again"]) {
      expect(screen.queryByRole("button", { name })).toBeNull();
    }
  });

  test.each([
    ["resign", `${isolated("Ada")} resigned. ${isolated("Bob")} wins!`],
    ["claim_win", `${isolated("Bob")} stayed away. ${isolated("Ada")} wins!`],
  ] as const)("is told how the game ended: %s", async (act, said) => {
    const { gameId } = gameOfTwo([3], { name: "Ada" });
    window.localStorage.clear();
    open(gameId);
    await expectStatus(`${isolated("Bob")}’s turn`);
    server.setPresence(gameId, { gone: [null, 61] });
    server.actAs(1, act, gameId);
    await expectStatus(said);
  });

  test("is taken along to the next game", async () => {
    const { gameId } = gameOfTwo([0, 1, 0, 1, 0, 1, 0]);
    window.localStorage.clear();
    open(gameId);
    await expectStatus("Red wins!");
    server.actAs(2, "rematch", gameId);
    await screen.findByText(`${isolated("Bob")} wants to play again.`);
    const next = server.actAs(1, "rematch", gameId);
    await waitFor(() => expect(onNext).toHaveBeenCalledExactlyOnceWith(next.gameId));
  });

  test("who comes later stays where they are, and can go there", async () => {
    const { gameId } = gameOfTwo([0, 1, 0, 1, 0, 1, 0]);
    window.localStorage.clear();
    server.actAs(2, "rematch", gameId);
    const next = server.actAs(1, "rematch", gameId);
    open(gameId);
    await expectStatus("Red wins!");
    expect(onNext).not.toHaveBeenCalled();
    await press("To the next game");
    expect(onNext).toHaveBeenCalledExactlyOnceWith(next.gameId);
  });
});

test("everybody sees how many watch", async () => {
  const { gameId } = await openAsFirst();
  server.setPresence(gameId, { watchers: 1 });
  await screen.findByText("1 person is watching.");
  server.setPresence(gameId, { watchers: 3 });
  await screen.findByText("3 people are watching.");
  expect(status()).toBe("Your turn");
});
