import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { keep } from "../../browser/storage";
import { boardAfter } from "../../game/localGame";
import { column, expectBoard } from "../../testing/screen";
import { Board } from "./Board";

const onDrop = vi.fn();

beforeEach(() => {
  onDrop.mockClear();
});

function show(moves: readonly number[] = [], more: Partial<Parameters<typeof Board>[0]> = {}) {
  render(
    <>
      <input aria-label="elsewhere" />
      <select aria-label="choice" />
      <dialog open>
        <button type="button">in a dialog</button>
      </dialog>
      <Board
        board={boardAfter(moves)}
        lastMove={null}
        pending={null}
        mover={1}
        onDrop={onDrop}
        {...more}
      />
    </>,
  );
  return userEvent.setup();
}

test("shows every disc where it lies", () => {
  const moves = [3, 3, 0, 6, 6, 6];
  show(moves);
  expect(screen.getByRole("group", { name: "Board" })).toBeDefined();
  expectBoard(boardAfter(moves));
});

test("is one stop of the Tab key, in its middle", async () => {
  const user = show();
  screen.getByText("in a dialog").focus();
  await user.tab();
  expect(document.activeElement).toBe(column(4));
  await user.tab();
  expect(document.activeElement).toBe(document.body);
});

test("is walked with the arrow keys, and its ends are ends", async () => {
  const user = show();
  column(4).focus();
  await user.keyboard("{ArrowRight}{ArrowRight}");
  expect(document.activeElement).toBe(column(6));
  await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  expect(document.activeElement).toBe(column(7));
  await user.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(column(6));
  await user.keyboard("{Home}{ArrowLeft}");
  expect(document.activeElement).toBe(column(1));
  await user.keyboard("{End}");
  expect(document.activeElement).toBe(column(7));
});

test("is found from anywhere with an arrow key, where it was left", async () => {
  const user = show();
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(column(4));
  await user.keyboard("{ArrowRight}");
  column(5).blur();
  await user.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(column(5));
});

test.each(["{Enter}", " "])("takes a disc with the key %j", async (key) => {
  const user = show();
  column(2).focus();
  await user.keyboard(key);
  expect(onDrop).toHaveBeenCalledExactlyOnceWith(1);
});

test("takes a disc with the keys 1 to 7 from anywhere, and with no others", async () => {
  const user = show();
  await user.keyboard("1234567");
  expect(onDrop.mock.calls).toEqual([[0], [1], [2], [3], [4], [5], [6]]);
  await user.keyboard("089a");
  expect(onDrop).toHaveBeenCalledTimes(7);
});

test("takes no disc with the keys 1 to 7 where they are switched off", async () => {
  keep("connect4.setting.numberKeys", "off");
  const user = show();
  await user.keyboard("1234567");
  expect(onDrop).not.toHaveBeenCalled();
});

test.each(["Enter", "4"])("takes one disc while the key %j is held down", (key) => {
  show();
  column(4).focus();
  const isDefault = fireEvent.keyDown(column(4), { key, repeat: true });
  expect(isDefault).toBe(false);
  expect(onDrop).not.toHaveBeenCalled();
});

test("leaves keys alone that are meant for something else", async () => {
  const user = show();
  await user.keyboard("{Control>}1{/Control}{Alt>}{ArrowLeft}{/Alt}");
  await user.type(screen.getByLabelText("elsewhere"), "3{ArrowLeft}");
  expect(onDrop).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(screen.getByLabelText("elsewhere"));
});

test.each(["choice", "in a dialog"])("leaves keys alone that are pressed in: %s", async (place) => {
  const user = show();
  const control = place === "choice" ? screen.getByLabelText(place) : screen.getByText(place);
  control.focus();
  await user.keyboard("3{ArrowLeft}");
  expect(onDrop).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(control);
});

test("takes nothing while it is nobody’s turn here", async () => {
  const user = show([], { mover: null });
  await user.keyboard("4");
  await user.click(column(4));
  expect(onDrop).not.toHaveBeenCalled();
});

test("marks the winning line, and lets the other discs fade", () => {
  show([0, 1, 0, 1, 0, 1, 0], { mover: null });
  expect(document.querySelectorAll("[data-wins]")).toHaveLength(4);
  expect(column(1).querySelectorAll("[data-wins]")).toHaveLength(4);
  expect(column(2).querySelectorAll("[data-faded]")).toHaveLength(3);
});

test("marks the last disc", () => {
  show([3, 4], { lastMove: { x: 4, y: 0 } });
  expect(document.querySelectorAll("[data-last]")).toHaveLength(1);
  expect(column(5).querySelector("[data-last]")).not.toBeNull();
});

test("shows a disc on its way as such: it is not on the board", () => {
  show([3], { pending: { player: 2, column: 3 }, mover: null });
  expect(document.querySelectorAll("[data-pending]")).toHaveLength(1);
  expect(column(4).querySelector("[data-pending]")).not.toBeNull();
  expectBoard(boardAfter([3]));
});
