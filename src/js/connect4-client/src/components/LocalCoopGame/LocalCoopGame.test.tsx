import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { boardAfter, rememberedLocalGame, rememberLocalGame } from "../../game/localGame";
import { EMPTY_BOARD } from "../../game/rules";
import { FakeServer } from "../../testing/FakeServer";
import { column, expectBoard, spoken, status } from "../../testing/screen";
import { LocalCoopGame } from "./LocalCoopGame";

const ROW = [1, 2, 0, 3, 6, 4, 5];
// Row by row, there and back: fills the board and connects nothing.
const DRAW = [...ROW, ...ROW.toReversed()];

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
});

async function play(...columns: number[]) {
  for (const x of columns) {
    await userEvent.click(column(x + 1));
  }
}

function button(name: string) {
  return screen.getByRole("button", { name });
}

test("two people take turns at one screen, and need no server", async () => {
  render(<LocalCoopGame />);
  expect(status()).toBe("Red’s turn");
  await play(3);
  expect(status()).toBe("Yellow’s turn");
  await play(3, 4);
  expectBoard(boardAfter([3, 3, 4]));
  expect(server.requests).toEqual([]);
});

test("every move is spoken, and the title says whose turn it is", async () => {
  render(<LocalCoopGame />);
  await play(3);
  expect(spoken()).toBe("Red played column 4. Yellow’s turn");
  expect(document.title).toBe("Yellow’s turn – Connect 4");
});

test("a game is won, and another begins", async () => {
  render(<LocalCoopGame />);
  await play(0, 1, 0, 1, 0, 1, 0);
  expect(status()).toBe("Red wins!");
  expect(spoken()).toBe("Red played column 1. Red wins!");
  await play(5);
  expectBoard(boardAfter([0, 1, 0, 1, 0, 1, 0]));

  await userEvent.click(button("Play again"));
  expect(status()).toBe("Red’s turn");
  expectBoard(EMPTY_BOARD);
});

test("a game ends in a draw", async () => {
  render(<LocalCoopGame />);
  await play(...DRAW, ...DRAW, ...DRAW);
  expect(status()).toBe("It is a draw.");
});

test("moves are taken back one by one", async () => {
  render(<LocalCoopGame />);
  expect(button("Take back")).toHaveProperty("disabled", true);
  await play(3, 4);
  await userEvent.click(button("Take back"));
  expectBoard(boardAfter([3]));
  expect(status()).toBe("Yellow’s turn");
});

test("a game is started over when that is confirmed, and not before", async () => {
  render(<LocalCoopGame />);
  await play(3, 4);
  await userEvent.click(button("Start over"));
  expectBoard(boardAfter([3, 4]));
  await userEvent.click(button("Cancel"));
  expect(screen.queryByRole("dialog")).toBeNull();

  await userEvent.click(button("Start over"));
  await userEvent.click(within(screen.getByRole("dialog")).getByText("Start over"));
  expectBoard(EMPTY_BOARD);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a link’s moves are shown and go on in the address, and take no kept game away", async () => {
  rememberLocalGame([6]);
  window.history.replaceState(null, "", "/?local&moves=445");
  render(<LocalCoopGame />);
  expectBoard(boardAfter([3, 3, 4]));
  await play(0);
  expectBoard(boardAfter([3, 3, 4, 0]));
  expect(window.location.search).toBe("?local&moves=4451");
  expect(rememberedLocalGame()).toEqual([6]);
});

test("a link with a wrong move shows the ones before it, and says which one is wrong", () => {
  window.history.replaceState(null, "", "/?local&moves=4458");
  render(<LocalCoopGame />);
  expectBoard(boardAfter([3, 3, 4]));
  expect(screen.getByText("Move 4 is wrong: “8” is no column from 1 to 7.")).toBeDefined();
});

test("moves are entered as columns, when all of them are right", async () => {
  render(<LocalCoopGame />);
  await play(6);
  await userEvent.click(screen.getByText("Enter moves"));
  const field = screen.getByRole("textbox", { name: "Moves as columns, such as 4455" });
  await userEvent.type(field, "12121213{Enter}");
  expect(screen.getByText("Move 8 is wrong: the game is over before “3”.")).toBeDefined();
  expectBoard(boardAfter([6]));

  await userEvent.clear(field);
  await userEvent.type(field, "44 55{Enter}");
  expectBoard(boardAfter([3, 3, 4, 4]));
  expect(window.location.search).toBe("?local&moves=4455");
  expect(screen.queryByText(/is wrong/)).toBeNull();
});

test("a full column says so when it is chosen", async () => {
  render(<LocalCoopGame />);
  await play(3, 3, 3, 3, 3, 3, 3);
  expect(screen.getByText("That column is full.")).toBeDefined();
  await play(4);
  expect(screen.queryByText("That column is full.")).toBeNull();
});

test("a reload loses nothing", async () => {
  const { unmount } = render(<LocalCoopGame />);
  await play(3, 4, 4);
  unmount();
  expect(document.title).toBe("Connect 4");

  render(<LocalCoopGame />);
  expectBoard(boardAfter([3, 4, 4]));
  expect(status()).toBe("Yellow’s turn");
});
