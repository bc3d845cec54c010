/** What the tests of the components look for, by the names that people hear and read. */

import { screen, within } from "@testing-library/react";
import { expect } from "vitest";
import { type Board, COLUMNS, discAt, ROWS } from "../game/rules";

/** The button that drops a disc into a column, 1 to 7. */
export function column(number: number): HTMLElement {
  return screen.getByRole("button", { name: new RegExp(`^Column ${number},`) });
}

/** Fails unless the board shows just these discs. */
export function expectBoard(board: Board): void {
  for (let x = 0; x < COLUMNS; x++) {
    const tiles = column(x + 1).querySelectorAll<HTMLElement>("[data-disc]");
    const shown = Array.from(tiles, (tile) => Number(tile.dataset.disc)).toReversed();
    expect(shown).toEqual(Array.from({ length: ROWS }, (_, y) => discAt(board, { x, y })));
  }
}

/** How the game stands, as the heading says it. */
export function status(): string | null {
  return screen.getByRole("heading", { level: 2 }).textContent;
}

/** What is spoken aloud. */
export function spoken(): string | null {
  return within(screen.getByRole("region", { name: "Game" })).getByRole("status").textContent;
}

/** Waits until the game stands so. */
export async function expectStatus(text: string): Promise<void> {
  await screen.findByRole("heading", { level: 2, name: text });
}
