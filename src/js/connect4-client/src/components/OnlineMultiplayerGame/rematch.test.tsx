import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { isolated } from "../../game/playerName";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import {
  connectionLost,
  gameOfTwo,
  lookAgain,
  onNext,
  open,
  openAsFirst,
  press,
  server,
} from "../../testing/online";
import { expectStatus, spoken } from "../../testing/screen";

const WON = [0, 1, 0, 1, 0, 1, 0];
const WAITING = "You want to play again. Waiting for the answer…";

describe("after the end", () => {
  test("another game is offered, and begins when the other accepts", async () => {
    const { gameId } = await openAsFirst(...WON);
    await press("Play again");
    await screen.findByText(WAITING);
    expect(onNext).not.toHaveBeenCalled();
    const next = server.actAs(2, "rematch", gameId);
    await waitFor(() => expect(onNext).toHaveBeenCalledExactlyOnceWith(next.gameId));
    const seat = rememberedSeat(next.gameId)?.playerId ?? "";
    expect(server.getGame(next.gameId, seat).playerNumber).toBe(2);
  });

  test("the other’s offer is shown, and accepted", async () => {
    const { gameId } = await openAsFirst(...WON);
    server.actAs(2, "rematch", gameId);
    await screen.findByText(`${isolated("Bob")} wants to play again.`);
    await press("Play again");
    await waitFor(() => expect(onNext).toHaveBeenCalledOnce());
    const [nextGameId] = onNext.mock.calls[0] as [string];
    expect(rememberedSeat(nextGameId)).not.toBeNull();
  });

  test.each([1, 2] as const)("an offer of player %d is there after a reload", async (player) => {
    const { gameId } = gameOfTwo(WON);
    server.actAs(player, "rematch", gameId);
    open(gameId);
    await screen.findByText(player === 1 ? WAITING : `${isolated("Bob")} wants to play again.`);
    expect(screen.queryByRole("button", { name: "Play again" }) === null).toBe(player === 1);
  });

  test("both want another at once, and there is one", async () => {
    const { gameId } = await openAsFirst(...WON);
    const release = server.hold();
    await press("Play again");
    const next = server.actAs(2, "rematch", gameId);
    release();
    await waitFor(() => expect(onNext).toHaveBeenCalledExactlyOnceWith(next.gameId));
  });

  test("an offer whose answer gets lost is made once, and no seat is lost", async () => {
    const { gameId } = await openAsFirst(...WON);
    server.network = "losing answers";
    await press("Play again");
    await waitFor(() => expect(connectionLost()).not.toBeNull());
    const next = server.actAs(2, "rematch", gameId);
    server.network = "up";
    lookAgain();
    await waitFor(() => expect(onNext).toHaveBeenCalledExactlyOnceWith(next.gameId));
    expect(rememberedSeat(next.gameId)).not.toBeNull();
  });

  test("who offered in another browser has the seat there and here", async () => {
    const { gameId } = await openAsFirst(...WON);
    server.actAs(1, "rematch", gameId);
    const next = server.actAs(2, "rematch", gameId);
    await waitFor(() => expect(onNext).toHaveBeenCalledExactlyOnceWith(next.gameId));
    expect(rememberedSeat(next.gameId)).not.toBeNull();
  });

  test("who comes back stays, and can go to the next game", async () => {
    const { gameId } = gameOfTwo(WON);
    server.actAs(1, "rematch", gameId);
    const next = server.actAs(2, "rematch", gameId);
    open(gameId);
    await expectStatus("You won!");
    expect(onNext).not.toHaveBeenCalled();
    await press("To the next game");
    await waitFor(() => expect(onNext).toHaveBeenCalledExactlyOnceWith(next.gameId));
    expect(rememberedSeat(next.gameId)).not.toBeNull();
  });

  test("a server of the release before offers no other game, and the page says so", async () => {
    server.release = "before";
    await openAsFirst(...WON);
    await expectStatus("You won!");
    await press("Play again");
    await screen.findByText("The server cannot do that yet. Try again in a moment.");
    server.release = "this";
    await press("Play again");
    await screen.findByText(WAITING);
  });
});

describe("a series", () => {
  /** The second game of a series that the first player leads, as they have opened it. */
  async function openSecond() {
    const { gameId } = gameOfTwo(WON);
    server.actAs(1, "rematch", gameId);
    const next = server.actAs(2, "rematch", gameId);
    open(gameId);
    await press("To the next game");
    await waitFor(() => expect(onNext).toHaveBeenCalledOnce());
    document.body.replaceChildren();
    open(next.gameId);
    await expectStatus(`${isolated("Bob")}’s turn, wait for it`);
    return next.gameId;
  }

  test("has its score beside the players, and is spoken of when a game begins", async () => {
    const gameId = await openSecond();
    const players = () =>
      within(screen.getByRole("list", { name: "Players" }))
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent);
    expect(players()).toEqual(["BobRed00 wins", "YouYellow11 win"]);
    expect(spoken()).toBe(`Game 2 of the series. ${isolated("Bob")}’s turn, wait for it`);
    server.play(gameId, 3);
    await expectStatus("Your turn");
    expect(spoken()).toBe(`${isolated("Bob")} played column 4. Your turn`);
    server.actAs(1, "resign", gameId);
    await expectStatus(`${isolated("Bob")} resigned. You won!`);
    expect(players()).toEqual(["BobRed00 wins", "YouYellow22 wins"]);
  });

  test("has its draws told", async () => {
    const gameId = await openSecond();
    server.actAs(1, "offer_draw", gameId);
    await press("Accept");
    await expectStatus("You agreed on a draw.");
    expect(screen.getByText("Draws in this series: 1.")).toBeDefined();
  });

  test("does not invite others while the second player is not there", async () => {
    const { gameId } = gameOfTwo(WON);
    server.actAs(1, "rematch", gameId);
    const next = server.actAs(1, "rematch", gameId);
    rememberSeat(next);
    open(next.gameId);
    await expectStatus("Waiting for your friend…");
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
