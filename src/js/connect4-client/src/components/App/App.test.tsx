import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { configuredApi } from "../../api/client";
import { forget } from "../../browser/storage";
import { gameIdIn } from "../../game/link";
import { boardAfter } from "../../game/localGame";
import { yourGames } from "../../game/seats";
import { BALANCED } from "../../testing/FakeGame";
import { FakeServer } from "../../testing/FakeServer";
import { column, expectBoard, expectStatus, spoken, status } from "../../testing/screen";
import { App } from "./App";

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
});

function arrive(address = "/") {
  window.history.replaceState(null, "", address);
  return render(<App />);
}

function button(name: string) {
  return screen.getByRole("button", { name });
}

/** What the browser's Back and Forward do. */
function goTo(address: string) {
  act(() => {
    window.history.replaceState(null, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
}

describe("the address", () => {
  test("is the game’s, once it is created", async () => {
    arrive();
    await userEvent.click(button("New online game"));
    await expectStatus("Waiting for your friend…");
    expect(window.location.search).toMatch(/^\?game=\w{32}$/);
    const link = screen.getByRole<HTMLInputElement>("textbox", { name: "Link to this game" });
    expect(link.value).toBe(window.location.href);
    expect(server.requests).not.toContain("POST /join_game");
  });

  test("of a game leads into it", async () => {
    const { gameId } = server.createGame();
    arrive(`/?game=${gameId}`);
    await expectStatus("You are invited to a game");
  });

  test("of the local game leads into it", async () => {
    const { unmount } = arrive();
    await userEvent.click(button("Local game for two"));
    expect(window.location.search).toBe("?local");
    await userEvent.click(column(4));
    unmount();

    arrive("/?local");
    expectBoard(boardAfter([3]));
  });

  test("that is cut off is explained without asking the server", () => {
    arrive("/?game=abc");
    expect(screen.getByText("There is no such game. Check the link.")).toBeDefined();
    expect(server.requests).toEqual([]);
  });

  test("changes with Back and Forward, and the screen with it", async () => {
    const one = server.createGame();
    const other = server.createGame();
    server.joinGame(other.gameId);
    arrive();
    goTo(`/?game=${one.gameId}`);
    await expectStatus("You are invited to a game");
    goTo(`/?game=${other.gameId}`);
    await expectStatus("Red’s turn");
    goTo("/");
    expect(button("New online game")).toBeDefined();
  });
});

test("a friend’s link is joined from the start", async () => {
  const { gameId } = server.createGame();
  arrive();
  const field = screen.getByRole("textbox", { name: "Link or id of a friend’s game" });
  await userEvent.type(field, `http://connect4.test/?game=${gameId}{Enter}`);
  await screen.findByRole("button", { name: "Play" });
  expect(window.location.search).toBe(`?game=${gameId}`);
});

test("the name at the top leads to the start", async () => {
  arrive("/?local");
  await userEvent.click(screen.getByRole("link", { name: "Connect 4" }));
  expect(window.location.search).toBe("");
  expect(button("Local game for two")).toBeDefined();
});

test("the focus goes to the new screen, so that the keyboard goes on from there", async () => {
  arrive();
  expect(document.activeElement).toBe(document.body);
  await userEvent.click(button("Local game for two"));
  expect(document.activeElement).toBe(screen.getByRole("main"));
});

test("another game is played after the first, and Back leads to the old one", async () => {
  const game = server.createGame();
  arrive(`/?game=${game.gameId}`);
  await userEvent.click(await screen.findByRole("button", { name: "Play" }));
  await expectStatus("Red’s turn, wait for it");
  server.play(game.gameId, 0, 1, 0, 1, 0, 1, 0);
  await expectStatus("You lost.");

  await userEvent.click(button("Play again"));
  const next = server.actAs(1, "rematch", game.gameId);
  await expectStatus("Your turn");
  expect(window.location.search).toBe(`?game=${next.gameId}`);
  goTo(`/?game=${game.gameId}`);
  await expectStatus("You lost.");
  expect(button("To the next game")).toBeDefined();
});

test("a new game is as its creator wants it", async () => {
  arrive();
  await userEvent.type(screen.getByRole("textbox", { name: /^Your name/ }), "Ada");
  await userEvent.click(screen.getByText("Who begins, and a fair start"));
  await userEvent.click(screen.getByRole("radio", { name: "My friend" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Fair start" }));
  await userEvent.click(button("New online game"));
  await expectStatus("Waiting for your friend…");
  const gameId = window.location.search.replace("?game=", "");
  expectBoard(boardAfter(BALANCED));
  server.joinGame(gameId);
  await expectStatus("Red’s turn, wait for it");
  server.play(gameId, 0);
  await expectStatus("Your turn");
  expect(spoken()).toBe("Red played column 1. Your turn");
});

test("no address that is asked for has a player’s secret in it", async () => {
  const created = arrive();
  await userEvent.click(button("New online game"));
  await expectStatus("Waiting for your friend…");
  const address = window.location.search;
  created.unmount();
  const reloaded = arrive(address);
  server.joinGame(address.replace("?game=", ""));
  await expectStatus("Your turn");
  await userEvent.click(column(4));
  await expectStatus("Yellow’s turn, wait for it");
  // Without streams the server is asked.
  server.network = "streams refused";
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(server.requests).toContain("GET /get_game"));
  reloaded.unmount();
  server.network = "up";
  arrive(`/?game=${server.createGame().gameId}`);
  await userEvent.click(await screen.findByRole("button", { name: "Play" }));
  await expectStatus("Red’s turn, wait for it");

  expect(new Set(server.requests)).toEqual(
    new Set([
      "GET /config.json",
      "POST /create_game",
      "POST /join_game",
      "GET /get_game",
      "POST /make_move",
      "GET /watch_game",
    ]),
  );
  expect(server.secrets()).toHaveLength(4);
  for (const secret of server.secrets()) {
    expect(server.urls.filter((url) => url.includes(secret))).toEqual([]);
  }
});

test("a game that is created too late pulls nobody out of what they have gone on to", async () => {
  arrive();
  const release = server.hold();
  await userEvent.click(button("New online game"));
  await userEvent.click(button("Local game for two"));
  release();
  await waitFor(() => expect(server.requests).toContain("POST /create_game"));
  await configuredApi().createGame();
  expect(window.location.search).toBe("?local");
  expect(yourGames()).toHaveLength(1);
});

describe("a browser that keeps nothing", () => {
  test("says so, and the link that it shows leads back to the seat", async () => {
    const storage = vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
      throw new DOMException("forbidden", "SecurityError");
    });
    const { unmount } = arrive();
    await userEvent.click(button("New online game"));
    await expectStatus("Waiting for your friend…");
    const link = screen.getByRole<HTMLInputElement>("textbox", { name: "Link to your seat" }).value;
    const invitation = screen.getByRole<HTMLInputElement>("textbox", { name: "Link to this game" });
    expect(invitation.value).not.toContain("seat");
    const gameId = gameIdIn(link) ?? "";
    server.joinGame(gameId);
    unmount();
    forget(`connect4.seat.${gameId}`);

    storage.mockRestore();
    arrive(link);
    await expectStatus("Your turn");
    expect(window.location.hash).toBe("");
    expect(screen.queryByRole("textbox", { name: "Link to your seat" })).toBeNull();
    for (const secret of server.secrets()) {
      expect(server.urls.filter((url) => url.includes(secret))).toEqual([]);
    }
  });
});

test("without a server there is still the local game", async () => {
  server.network = "down";
  arrive();
  await userEvent.click(button("New online game"));
  await screen.findByText("The server cannot be reached. Try again in a moment.");
  await userEvent.click(button("Local game for two"));
  expect(status()).toBe("Red’s turn");
});

test("where there is no browser, the page is the start page, which does nothing yet", () => {
  const page = renderToString(<App />);
  expect(page).toContain("Four in a row wins.");
  expect(page).toContain("inert");
});
