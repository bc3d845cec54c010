import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { rememberComputerGame } from "../../computer/computerGame";
import { boardAfter } from "../../game/localGame";
import { FakeComputer } from "../../testing/FakeComputer";
import { column, expectBoard, expectStatus, status } from "../../testing/screen";
import { ComputerGame } from "./ComputerGame";

// Whoever is to move wins in column 4.
const WON_BY_COLUMN_4 = [3, 0, 3, 0, 3, 1];

function button(name: string) {
  return screen.getByRole("button", { name });
}

function show(computer = new FakeComputer()) {
  return render(<ComputerGame computer={computer} />);
}

test("the computer answers a move", async () => {
  show();
  await userEvent.click(button("Start"));
  expect(status()).toBe("Your turn");
  expect(screen.getByText("Computer, easy")).toBeDefined();
  await userEvent.click(column(4));
  expect(status()).toBe("Yellow’s turn, wait for it");
  await expectStatus("Your turn");
});

test("the computer begins where that was chosen, perfectly in the middle", async () => {
  show();
  await userEvent.click(screen.getByRole("radio", { name: "Perfect" }));
  await userEvent.click(screen.getByRole("radio", { name: "The computer, with red" }));
  await userEvent.click(button("Start"));
  await expectStatus("Your turn");
  expectBoard(boardAfter([3]));
});

test("a hint says what is best, until there is a move", async () => {
  rememberComputerGame({ level: "easy", you: 1, moves: WON_BY_COLUMN_4 });
  show();
  await userEvent.click(button("Hint"));
  expect(await screen.findByText("Best: column 4, Red wins in 1 move.")).toBeDefined();
  await userEvent.click(column(7));
  expect(screen.queryByText(/^Best/)).toBeNull();
});

test("a move is taken back with its answer, and the end of a game, too", async () => {
  rememberComputerGame({ level: "easy", you: 1, moves: WON_BY_COLUMN_4 });
  show();
  await userEvent.click(column(4));
  expect(status()).toBe("You won!");
  await userEvent.click(button("Take back"));
  expectBoard(boardAfter(WON_BY_COLUMN_4));
  await userEvent.click(button("Take back"));
  expectBoard(boardAfter(WON_BY_COLUMN_4.slice(0, -2)));
});

test("a move is taken back before the computer has answered", async () => {
  rememberComputerGame({ level: "easy", you: 1, moves: [] });
  show();
  await userEvent.click(column(4));
  await userEvent.click(button("Take back"));
  expect(status()).toBe("Your turn");
  expectBoard(boardAfter([]));
});

test("a reload loses nothing", () => {
  rememberComputerGame({ level: "hard", you: 2, moves: [3] });
  show().unmount();
  show();
  expectBoard(boardAfter([3]));
  expect(screen.getByText("Computer, hard")).toBeDefined();
});

test("another game begins with the same choices, or with others", async () => {
  rememberComputerGame({ level: "medium", you: 1, moves: WON_BY_COLUMN_4 });
  show();
  await userEvent.click(column(4));
  await userEvent.click(button("Play again"));
  expectBoard(boardAfter([]));
  expect(screen.getByText("Computer, medium")).toBeDefined();
  await userEvent.click(button("New game"));
  expect(button("Start")).toBeDefined();
});

test("says that the computer could not be loaded, and tries again when asked to", async () => {
  const computer = new FakeComputer();
  computer.isUnavailable = true;
  rememberComputerGame({ level: "easy", you: 2, moves: [] });
  show(computer);
  await waitFor(() =>
    expect(screen.getByRole("alert").textContent).toMatch(/^The computer could not be loaded/),
  );
  computer.isUnavailable = false;
  await userEvent.click(button("Try again"));
  await expectStatus("Your turn");
  expect(screen.getByRole("alert").textContent).toBe("");
});
