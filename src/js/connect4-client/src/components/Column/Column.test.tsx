import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { boardAfter } from "../../game/localGame";
import type { Player } from "../../game/rules";
import { Column } from "./Column";

function show(moves: readonly number[], mover: Player | null = 1) {
  const onDrop = vi.fn();
  const onRefuse = vi.fn();
  render(
    <Column
      board={boardAfter(moves)}
      column={2}
      mover={mover}
      pending={null}
      winning={[]}
      lastMove={null}
      tabIndex={0}
      onDrop={onDrop}
      onRefuse={onRefuse}
      onFocus={vi.fn()}
    />,
  );
  return { onDrop, onRefuse, button: screen.getByRole("button") };
}

test.each([
  ["Column 3, empty", "6 free, drop your disc", []],
  ["Column 3, from the bottom: red, yellow", "4 free, drop your disc", [2, 2]],
  [
    "Column 3, full, from the bottom: red, yellow, red, yellow, red, yellow",
    null,
    [2, 2, 2, 2, 2, 2],
  ],
])("says what is in it: %s", (name, description, moves) => {
  const { button } = show(moves);
  expect(button.getAttribute("aria-label")).toBe(name);
  expect(button.getAttribute("aria-description")).toBe(description);
});

test("drops a disc when it is chosen", async () => {
  const { onDrop, button } = show([2]);
  await userEvent.click(button);
  expect(onDrop).toHaveBeenCalledExactlyOnceWith(2);
});

test("drops one disc on a double click", async () => {
  const { onDrop, button } = show([2]);
  await userEvent.dblClick(button);
  expect(onDrop).toHaveBeenCalledOnce();
});

test("drops a disc on each of three quick clicks", () => {
  const { onDrop, button } = show([2]);
  for (const detail of [1, 2, 3]) {
    const click = new MouseEvent("click", { bubbles: true, detail });
    Object.defineProperty(click, "timeStamp", { value: detail * 350 });
    fireEvent(button, click);
  }
  expect(onDrop).toHaveBeenCalledTimes(3);
});

test.each([
  ["it is full", [2, 2, 2, 2, 2, 2], 1 as const],
  ["it is not the person’s turn", [], null],
])("drops nothing while %s, and keeps the focus", async (_, moves, mover) => {
  const { onDrop, onRefuse, button } = show(moves, mover);
  await userEvent.click(button);
  expect(onDrop).not.toHaveBeenCalled();
  expect(onRefuse).toHaveBeenCalledExactlyOnceWith(2);
  expect(button.dataset.refused).toBe("true");
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(button);
});
