import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Disc } from "../../game/rules";
import { Tile } from "./Tile";

const NOTHING = { preview: null, pending: false, wins: null, last: false, height: 6 } as const;

function show(disc: Disc, more: Partial<Parameters<typeof Tile>[0]> = {}) {
  const props = { disc, ...NOTHING, ...more };
  const { container, rerender } = render(<Tile {...props} />);
  return {
    container,
    become: (next: Disc) => rerender(<Tile {...props} disc={next} />),
    falling: () => container.querySelector("[data-falls]"),
  };
}

test("an empty cell has no disc, and a preview only where one would land", () => {
  expect(show(0).container.querySelector("svg")).toBeNull();
  expect(show(0, { preview: 1 }).container.querySelector("svg")).not.toBeNull();
});

test("a disc covers the preview", () => {
  expect(show(2, { preview: 1 }).container.querySelectorAll("svg")).toHaveLength(1);
});

test("a disc falls when it comes, not when it was there before", () => {
  expect(show(1).falling()).toBeNull();
  const { become, falling } = show(0);
  become(1);
  expect(falling()).not.toBeNull();
});

test("a disc that comes back after it was taken falls again", () => {
  const { become, falling } = show(1);
  become(0);
  become(1);
  expect(falling()).not.toBeNull();
});

test("a disc that falls from twice the height takes 1.4 times as long", () => {
  const duration = (height: number) => {
    const { become, falling } = show(0, { height });
    become(1);
    return Number.parseInt((falling() as HTMLElement).style.getPropertyValue("--duration"), 10);
  };
  expect(duration(6) / duration(3)).toBeCloseTo(Math.SQRT2, 2);
});

test.each([
  [true, "data-wins"],
  [false, "data-faded"],
])("a disc at the end of a won game: part of the line %s", (wins, mark) => {
  expect(show(1, { wins }).container.querySelector(`[${mark}]`)).not.toBeNull();
});
