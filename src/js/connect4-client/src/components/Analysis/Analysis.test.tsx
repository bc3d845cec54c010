import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { Computer } from "../../computer/computer";
import { FakeComputer } from "../../testing/FakeComputer";
import { Analysis } from "./Analysis";

const onMistakes = vi.fn();
const goTo = vi.fn();

beforeEach(() => {
  onMistakes.mockReset();
  goTo.mockReset();
});

function analysis(moves: readonly number[], computer: Computer, ply = moves.length) {
  return (
    <Analysis moves={moves} ply={ply} onMistakes={onMistakes} goTo={goTo} computer={computer} />
  );
}

function show(moves: readonly number[], computer = new FakeComputer(), ply = moves.length) {
  return render(analysis(moves, computer, ply));
}

async function columns(): Promise<(string | null)[]> {
  await screen.findByText(/^Best/);
  const list = screen.getByRole("list", { name: "What each column leads to" });
  return Array.from(list.querySelectorAll(".visually-hidden"), (column) => column.textContent);
}

test("says for each column who wins, and in how many moves", async () => {
  show([3, 3, 2, 2]);
  expect((await columns()).slice(0, 2)).toEqual([
    expect.stringMatching(/^Column 1: Yellow wins in \d+ moves$/),
    "Column 2: Red wins in 2 moves, best",
  ]);
  expect(screen.getByText("Best: column 2 or 5, Red wins in 2 moves.")).toBeDefined();
});

test("says which column is full", async () => {
  show([3, 3, 3, 3, 3, 3]);
  expect((await columns())[3]).toBe("Column 4: full");
});

test("marks the moves that gave something away, with what was better", async () => {
  show([3, 3, 2, 6]);
  expect(await screen.findByText(/^Move 3: Red gave away the win with column 3/)).toBeDefined();
});

test("leads to where there was something better, and tells which moves to mark", async () => {
  const { unmount } = show([3, 3, 2, 6]);
  await userEvent.click(await screen.findByRole("button", { name: /^Move 3: Red gave away/ }));
  expect(goTo).toHaveBeenCalledExactlyOnceWith(2);
  await waitFor(() => expect(onMistakes).toHaveBeenLastCalledWith([2, 3]));
  unmount();
  expect(onMistakes).toHaveBeenLastCalledWith([]);
});

test("says of an earlier position what each column leads to, and which one was played", async () => {
  show([3, 3, 2, 2, 6], new FakeComputer(), 4);
  expect((await columns())[1]).toBe("Column 2: Red wins in 2 moves, best");
  expect((await columns())[6]).toMatch(/^Column 7: .*, played$/);
});

test("says that there was no mistake", async () => {
  show([3, 3]);
  expect(await screen.findByText("None so far.")).toBeDefined();
});

test("follows the game", async () => {
  const computer = new FakeComputer();
  const { rerender } = show([3, 3, 2], computer);
  await columns();
  rerender(analysis([3, 3, 2, 2], computer));
  expect(await screen.findByText("Best: column 2 or 5, Red wins in 2 moves.")).toBeDefined();
});

test("of a game that is over, only the mistakes are left to tell", async () => {
  show([0, 3, 0, 3, 0, 3, 1, 3]);
  expect(
    await screen.findByText("Move 1: Red gave away the win with column 1. Better: column 4."),
  ).toBeDefined();
  expect(screen.queryByRole("list", { name: "What each column leads to" })).toBeNull();
});

test("says that it could not be loaded", async () => {
  const computer = new FakeComputer();
  computer.isUnavailable = true;
  show([3], computer);
  expect(await screen.findByText(/^The analysis could not be loaded/)).toBeDefined();
});
