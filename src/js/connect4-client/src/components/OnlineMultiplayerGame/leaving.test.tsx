import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { isolated } from "../../game/playerName";
import { connectionLost, lookAgain, openAsFirst, press, server } from "../../testing/online";
import { column, expectStatus, spoken, status } from "../../testing/screen";

const BOB = isolated("Bob");

async function confirmResigning() {
  await press("Resign");
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(
    Array.from(dialog.querySelectorAll("button")).find(
      ({ textContent }) => textContent === "Resign",
    ) as HTMLElement,
  );
}

describe("resigning", () => {
  test("is asked once more, and ends the game", async () => {
    await openAsFirst(3);
    await press("Resign");
    await press("Cancel");
    expect(server.requests).not.toContain("POST /resign");
    expect(status()).toBe(`${BOB}’s turn, wait for it`);
    await confirmResigning();
    await expectStatus("You resigned.");
    expect(spoken()).toContain("You resigned.");
    expect(screen.queryByRole("button", { name: "Resign" })).toBeNull();
  });

  test("of the other is a win", async () => {
    const { gameId } = await openAsFirst(3);
    server.actAs(2, "resign", gameId);
    await expectStatus(`${BOB} resigned. You won!`);
  });

  test("is sent until there is an answer, and counts once", async () => {
    await openAsFirst();
    server.network = "losing answers";
    await confirmResigning();
    await waitFor(() => expect(connectionLost()).not.toBeNull());
    server.network = "up";
    lookAgain();
    await expectStatus("You resigned.");
    expect(connectionLost()).toBeNull();
  });

  test("that comes too late is explained", async () => {
    const { gameId } = await openAsFirst(0, 1, 0, 1, 0, 1);
    server.network = "streams blocked";
    server.play(gameId, 0);
    await confirmResigning();
    await screen.findByText("The game is over already.");
    server.network = "up";
    await expectStatus("You won!");
  });
});

describe("a draw", () => {
  test("is offered, and agreed on when the other offers it, too", async () => {
    const { gameId } = await openAsFirst(3);
    await press("Offer a draw");
    await screen.findByText("You offer a draw.");
    expect(screen.queryByRole("button", { name: "Offer a draw" })).toBeNull();
    server.actAs(2, "offer_draw", gameId);
    await expectStatus("You agreed on a draw.");
  });

  test("that is offered can be taken back", async () => {
    await openAsFirst(3);
    await press("Offer a draw");
    await press("Take it back");
    await screen.findByRole("button", { name: "Offer a draw" });
    expect(screen.queryByText("You offer a draw.")).toBeNull();
  });

  test("that the other offers is accepted", async () => {
    const { gameId } = await openAsFirst(3);
    server.actAs(2, "offer_draw", gameId);
    await screen.findByText(`${BOB} offers a draw.`);
    await press("Accept");
    await expectStatus("You agreed on a draw.");
  });

  test("that the other offers is declined, or by the next move", async () => {
    const { gameId } = await openAsFirst();
    for (const decline of [() => press("Decline"), () => userEvent.click(column(4))]) {
      server.actAs(2, "offer_draw", gameId);
      await screen.findByText(`${BOB} offers a draw.`);
      await decline();
      await waitFor(() => expect(screen.queryByText(`${BOB} offers a draw.`)).toBeNull());
    }
    expect(status()).toBe(`${BOB}’s turn, wait for it`);
  });
});

describe("the other player", () => {
  test("is seen to be away, and to be back", async () => {
    const { gameId } = await openAsFirst();
    server.setPresence(gameId, { players: [true, false], gone: [null, 5] });
    await screen.findByText(`${BOB} is away.`);
    expect(screen.getByText("Yellow · away")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Claim the win" })).toBeNull();
    server.setPresence(gameId, { players: [true, true], gone: [null, null] });
    await waitFor(() => expect(screen.queryByText(`${BOB} is away.`)).toBeNull());
    expect(screen.getByText("Yellow")).toBeDefined();
  });

  test("who is away for a minute can be claimed the win against", async () => {
    const { gameId } = await openAsFirst();
    server.setPresence(gameId, { players: [true, false], gone: [null, 61] });
    await press("Claim the win");
    await expectStatus(`${BOB} stayed away. You won!`);
  });

  test("who is back cannot be", async () => {
    const { gameId } = await openAsFirst();
    server.setPresence(gameId, { players: [true, false], gone: [null, 61] });
    await screen.findByRole("button", { name: "Claim the win" });
    server.network = "streams blocked";
    server.setPresence(gameId, { players: [true, true], gone: [null, null] });
    await press("Claim the win");
    await screen.findByText("They have been seen in the last minute.");
    server.network = "up";
    await waitFor(() => expect(screen.queryByRole("button", { name: "Claim the win" })).toBeNull());
  });

  test("who claims the win wins", async () => {
    const { gameId } = await openAsFirst();
    server.setPresence(gameId, { gone: [61, null] });
    server.actAs(2, "claim_win", gameId);
    await expectStatus("You were away for too long, and lost.");
  });

  test("is not known to be there or not at a server of the release before", async () => {
    server.release = "before";
    await openAsFirst();
    await expectStatus("Your turn");
    expect(screen.queryByText(/away/)).toBeNull();
    await press("Offer a draw");
    await screen.findByText("The server cannot do that yet. Try again in a moment.");
  });
});
