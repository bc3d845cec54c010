import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { boardAfter } from "../../game/localGame";
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

test("a game is started over", async () => {
  render(<LocalCoopGame />);
  await play(3, 4);
  await userEvent.click(button("Start over"));
  expectBoard(EMPTY_BOARD);
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
