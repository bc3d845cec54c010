import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { COLUMNS } from "../game/rules";
import { bruteForceScore } from "../testing/bruteForce";
import { builtSolver } from "../testing/builtSolver";
import { randomGame, seeded } from "../testing/randomGame";
import type { Solver } from "./solver";

// Many positions, and a busy machine may take long for them.
vi.setConfig({ testTimeout: 600_000 });

const INDICES = Array.from({ length: COLUMNS }, (_, column) => column);

let bare: Solver;
let withBook: Solver;

beforeAll(async () => {
  bare = await builtSolver();
  withBook = await builtSolver(8, 12);
});

function scores(solver: Solver, moves: readonly number[]): (number | null)[] {
  return INDICES.map((column) => solver.score(moves, column));
}

function best(solver: Solver, moves: readonly number[]): number {
  return Math.max(...scores(solver, moves).filter((score) => score !== null));
}

test("the first player wins from the middle, and from no other column", () => {
  expect(scores(withBook, [])).toEqual([-2, -1, 0, 1, 0, -1, -2]);
});

test("a best column is found without all scores", () => {
  const random = seeded(14);
  for (let game = 0; game < 100; game++) {
    const moves = randomGame(14 + (game % 26), random);
    const { column, score } = bare.best(moves);
    expect(score, moves.join("")).toBe(best(bare, moves));
    expect(bare.score(moves, column), moves.join("")).toBe(score);
  }
});

test("a full column has no score", () => {
  expect(scores(bare, [3, 3, 3, 3, 3, 3, 0, 1, 0, 1, 0, 6, 6, 6])[3]).toBeNull();
});

test("the scores are those of brute force", () => {
  const random = seeded(28);
  for (let game = 0; game < 200; game++) {
    const moves = randomGame(28 + (game % 13), random);
    expect(best(bare, moves), moves.join("")).toBe(bruteForceScore(moves));
  }
});

test("the scores are those of another solver", () => {
  for (const [moves, expected] of reference().filter(([{ length }]) => length >= 14)) {
    expect(scores(bare, moves), moves.join("")).toEqual(expected);
  }
});

describe("the opening book", () => {
  test("has the scores that another solver finds", () => {
    for (const [moves, expected] of reference().filter(([{ length }]) => length < 14)) {
      expect(scores(withBook, moves), moves.join("")).toEqual(expected);
    }
  });

  test("agrees with the search where it takes over", () => {
    const random = seeded(12);
    for (let game = 0; game < 10; game++) {
      const moves = randomGame(11, random);
      expect(scores(withBook, moves), moves.join("")).toEqual(scores(bare, moves));
    }
  });

  test("says the same in its two layers", async () => {
    const larger = await builtSolver(12);
    const smaller = await builtSolver(8);
    const random = seeded(8);
    for (let game = 0; game < 50; game++) {
      const moves = randomGame(7, random);
      expect(scores(smaller, moves), moves.join("")).toEqual(scores(larger, moves));
    }
  });
});

test("what is decided beyond the horizon is worth nothing", () => {
  // Red has two in the bottom row, and wins with the second disc from now.
  const moves = [3, 3, 2, 2];
  const seen = (horizon: number) => INDICES.map((column) => bare.score(moves, column, horizon));
  expect(seen(2)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(seen(3)).toEqual([0, 18, 0, 0, 18, 0, 0]);
});

/** What bitbully says: the columns of the moves, and the scores. */
function reference(): [number[], (number | null)[]][] {
  const lines = readFileSync("src/solver/reference.txt", "utf8").trim().split("\n");
  return lines.map((line) => {
    const [game = "", ...expected] = line.split(" ");
    return [
      Array.from(game, (column) => Number(column) - 1),
      expected.map((score) => (score === "full" ? null : Number(score))),
    ];
  });
}
