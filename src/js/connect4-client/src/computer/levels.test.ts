import { beforeAll, describe, expect, test } from "vitest";
import type { Solver } from "../solver/solver";
import { builtSolver } from "../testing/builtSolver";
import { seeded } from "../testing/randomGame";
import { chooseColumn, LEVELS, type Level } from "./levels";

const RED_CAN_WIN = [3, 0, 3, 0, 3, 1];
const RED_THREATENS = [3, 0, 3, 0, 3];
// Red is about to have three in the bottom row, with both ends free.
const RED_HAS_AN_OPEN_PAIR = [3, 0, 2];

let solver: Solver;

beforeAll(async () => {
  solver = await builtSolver(8, 12);
});

/** All columns that a level plays in many tries. */
function choices(moves: readonly number[], level: Level): number[] {
  const random = seeded(1);
  const chosen = Array.from({ length: 100 }, () => chooseColumn(solver, moves, level, random));
  return [...new Set(chosen)].sort();
}

describe.each(LEVELS)("%s", (level) => {
  test("wins where it can with one disc", () => {
    expect(choices(RED_CAN_WIN, level)).toEqual([3]);
  });

  test("plays no full column", () => {
    expect(choices([3, 3, 3, 3, 3, 3], level)).not.toContain(3);
  });
});

test("beginners do not see what the other player is about to do; all others do", () => {
  expect(choices(RED_THREATENS, "beginner").length).toBeGreaterThan(1);
  for (const level of ["easy", "medium", "hard", "expert", "perfect"] as const) {
    expect(choices(RED_THREATENS, level)).toEqual([3]);
  }
});

test("from medium on, an open line of two in the bottom row is stopped in time", () => {
  expect(choices(RED_HAS_AN_OPEN_PAIR, "easy")).toContain(6);
  for (const level of ["medium", "hard", "expert", "perfect"] as const) {
    expect(choices(RED_HAS_AN_OPEN_PAIR, level)).not.toContain(6);
  }
});

test("a perfect player begins in the middle", () => {
  expect(choices([], "perfect")).toEqual([3]);
});
