import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { boardAfter } from "../../game/localGame";
import { matchOf } from "../../game/match";
import type { RecordedMoves } from "../../game/replay";
import { column, expectBoard } from "../../testing/screen";
import { GameScreen } from "../GameScreen/GameScreen";

const MOVES = [3, 3, 4, 2, 3];
const RED_WINS = [0, 1, 0, 1, 0, 1, 0];
const onDrop = vi.fn();

function game(moves: RecordedMoves, mayAnalyse = false, board = boardAfter(moves as number[])) {
  const match = matchOf(board);
  return (
    <GameScreen
      match={match}
      moves={moves}
      query="?game=g"
      mayAnalyse={mayAnalyse}
      status="Your turn"
      you={1}
      mover={match.active ? 1 : null}
      onDrop={onDrop}
    >
      {null}
    </GameScreen>
  );
}

function button(name: string) {
  return screen.getByRole("button", { name });
}

function slider() {
  return screen.getByRole<HTMLInputElement>("slider", { name: "Move" });
}

function look(at: string) {
  window.history.replaceState(null, "", at);
}

/** Waits until the address says so: it follows a little later. */
async function expectAddress(search: string) {
  await waitFor(() => expect(window.location.search).toBe(search));
}

test("there is nothing to step through before the first move", () => {
  render(game([]));
  expect(screen.queryByRole("region", { name: "Replay" })).toBeNull();
});

test("buttons step through the game, and the address follows", async () => {
  look("/?game=g");
  render(game(MOVES));
  await userEvent.click(button("Back one move"));
  expectBoard(boardAfter(MOVES.slice(0, 4)));
  await expectAddress("?game=g&ply=4");
  await userEvent.click(button("To the start"));
  expectBoard(boardAfter([]));
  await userEvent.click(button("Forward one move"));
  expectBoard(boardAfter([3]));
  await userEvent.click(button("To the last move"));
  expectBoard(boardAfter(MOVES));
  await expectAddress("?game=g");
});

test("the slider shows any position, and says what it is", () => {
  render(game(MOVES));
  expect(slider().getAttribute("aria-valuetext")).toBe("Move 5 of 5: Red, column 4");
  fireEvent.change(slider(), { target: { value: "2" } });
  expectBoard(boardAfter([3, 3]));
  expect(slider().getAttribute("aria-valuetext")).toBe("Move 2 of 5: Yellow, column 4");
  fireEvent.change(slider(), { target: { value: "0" } });
  expect(slider().getAttribute("aria-valuetext")).toBe("Start of the game");
});

test("a move of the list leads to the position after it", async () => {
  render(game(MOVES));
  const list = screen.getByRole("list", { name: "Moves", hidden: true });
  const moves = within(list).getAllByRole("button", { hidden: true });
  expect(moves.map((move) => move.getAttribute("aria-label"))).toEqual([
    "Move 1: Red, column 4",
    "Move 2: Yellow, column 4",
    "Move 3: Red, column 5",
    "Move 4: Yellow, column 3",
    "Move 5: Red, column 4",
  ]);
  await userEvent.click(moves[2] as HTMLElement);
  expectBoard(boardAfter(MOVES.slice(0, 3)));
  expect(moves.map((move) => move.getAttribute("aria-current"))).toEqual([
    null,
    null,
    "step",
    null,
    null,
  ]);
  expect(column(5).querySelector("[data-last]")).not.toBeNull();
});

test("a link leads to its position", () => {
  look("/?game=g&ply=3");
  render(game(MOVES));
  expectBoard(boardAfter(MOVES.slice(0, 3)));
});

test.each(["5", "42", "-1", "x", ""])("a link to move %j shows the game", async (ply) => {
  look(`/?game=g&ply=${ply}`);
  render(game(MOVES));
  expectBoard(boardAfter(MOVES));
  await expectAddress("?game=g");
});

test("the moves and a link to the position are there to copy", async () => {
  const user = userEvent.setup();
  look("/?game=g&ply=2");
  render(game(MOVES));
  const label = { name: "Copy: Link to this position", hidden: true };
  await user.click(screen.getByRole("button", label));
  expect(await navigator.clipboard.readText()).toBe("http://connect4.test/?game=g&ply=2");
  await user.click(
    screen.getByRole("button", { name: "Copy: The moves as columns", hidden: true }),
  );
  expect(await navigator.clipboard.readText()).toBe("44534");
});

test("who looks back drops no disc, and is told why", async () => {
  render(game(MOVES));
  await userEvent.click(button("Back one move"));
  await userEvent.click(column(1));
  expect(onDrop).not.toHaveBeenCalled();
  expect(screen.getByText(/^This is an earlier position/)).toBeDefined();
});

test("a new move does not pull away, but is told, with the way back", async () => {
  const { rerender } = render(game(MOVES));
  await userEvent.click(button("Back one move"));
  expect(screen.queryByText("The game has gone on.")).toBeNull();
  rerender(game([...MOVES, 0]));
  expectBoard(boardAfter(MOVES.slice(0, 4)));
  expect(screen.getByText("The game has gone on.")).toBeDefined();

  await userEvent.click(button("Back to the game"));
  expectBoard(boardAfter([...MOVES, 0]));
  expect(screen.queryByText("The game has gone on.")).toBeNull();
});

test("who is at the last move follows the game", () => {
  const { rerender } = render(game(MOVES));
  rerender(game([...MOVES, 0]));
  expectBoard(boardAfter([...MOVES, 0]));
});

test("another game, or one whose moves are taken back, is shown as it is", async () => {
  const { rerender } = render(game(MOVES));
  await userEvent.click(button("To the start"));
  rerender(game(MOVES.slice(0, 4)));
  expectBoard(boardAfter(MOVES.slice(0, 4)));
  await userEvent.click(button("To the start"));
  rerender(game([6, 6, 6, 6, 6]));
  expectBoard(boardAfter([6, 6, 6, 6, 6]));
});

test("a game whose first moves are not known begins after them", async () => {
  render(game([null, null, 4, 2, 3], false, boardAfter(MOVES)));
  expect(slider().min).toBe("2");
  await userEvent.click(button("To the start"));
  expectBoard(boardAfter([3, 3]));
  expect(slider().getAttribute("aria-valuetext")).toBe("Where the moves are known from");
  expect(screen.queryByRole("textbox", { name: "The moves as columns", hidden: true })).toBeNull();
});

test("a game of which no move is known has nothing to step through", () => {
  render(game([null, null], false, boardAfter([3, 3])));
  expectBoard(boardAfter([3, 3]));
  expect(screen.queryByRole("region", { name: "Replay" })).toBeNull();
});

test("the analysis is there where it may be, and nowhere else", () => {
  const { rerender } = render(game(MOVES));
  expect(screen.queryByRole("button", { name: "Analyse" })).toBeNull();
  rerender(game(MOVES, true));
  expect(screen.getByRole("button", { name: "Analyse" })).toBeDefined();
});

test("after the end, the arrow keys step through the game", async () => {
  render(game(RED_WINS));
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}{ArrowRight}");
  expectBoard(boardAfter(RED_WINS.slice(0, 6)));
});

test("who has clicked on the board steps with them, too", async () => {
  render(game(RED_WINS));
  await userEvent.click(column(2));
  await userEvent.keyboard("{ArrowLeft}");
  expectBoard(boardAfter(RED_WINS.slice(0, 6)));
});

test("who has gone to the board by keys goes from column to column", async () => {
  render(game(RED_WINS));
  await userEvent.tab();
  expect(document.activeElement).toBe(column(4));
  await userEvent.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(column(3));
  expectBoard(boardAfter(RED_WINS));
});

test("in a running game, the arrow keys lead to the board, unless one looks back", async () => {
  render(game(MOVES));
  await userEvent.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(column(4));
  expectBoard(boardAfter(MOVES));

  await userEvent.click(button("Back one move"));
  await userEvent.keyboard("{ArrowLeft}");
  expectBoard(boardAfter(MOVES.slice(0, 3)));
});
