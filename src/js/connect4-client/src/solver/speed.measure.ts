/** How long all seven scores take, in processor time of one thread, beside what is wanted. */

import { test, vi } from "vitest";
import { boardAfter, localGame, type Moves } from "../game/localGame";
import { matchOf } from "../game/match";
import { COLUMNS } from "../game/rules";
import { builtSolver } from "../testing/builtSolver";
import { seeded } from "../testing/randomGame";
import type { Solver } from "./solver";

const POSITIONS = 100;
/** Milliseconds for all seven scores: of nine positions in ten, and of each. */
const GOALS = [
  ...[0, 4, 8, 9, 10, 11].map((discs) => ({ discs, ofMost: 5, ofEach: 5 })),
  ...[12, 13].map((discs) => ({ discs, ofMost: 400, ofEach: 2000 })),
  ...[14, 16, 20].map((discs) => ({ discs, ofMost: 500, ofEach: 500 })),
];

vi.setConfig({ testTimeout: 3_600_000 });

test("how long the scores take", async () => {
  const maker = await builtSolver(8, 12);
  const timed = await builtSolver(8, 12);
  const random = seeded(1);
  console.log("| discs | mean | 90 % | longest | goals |\n| --- | --- | --- | --- | --- |");
  for (const { discs, ofMost, ofEach } of GOALS) {
    const times = Array.from({ length: POSITIONS }, () => {
      const moves = goodGame(maker, discs, random);
      const before = process.cpuUsage();
      for (let column = 0; column < COLUMNS; column++) {
        timed.score(moves, column);
      }
      return process.cpuUsage(before).user / 1000;
    }).sort((one, other) => one - other);
    const mean = times.reduce((sum, time) => sum + time) / POSITIONS;
    const shown = [mean, times[POSITIONS * 0.9 - 1] ?? 0, times.at(-1) ?? 0];
    const inWords = shown.map((time) => `${time.toFixed(1)} ms`).join(" | ");
    console.log(`| ${discs} | ${inWords} | ${ofMost} ms, ${ofEach} ms |`);
  }
});

/** A running game of mostly best moves, after four by chance: it is decided late. */
function goodGame(solver: Solver, discs: number, random: () => number): Moves {
  let moves: Moves = [];
  while (moves.length < discs) {
    const isByChance = moves.length < 4 || random() < 0.1;
    const column = isByChance ? Math.floor(random() * COLUMNS) : solver.best(moves).column;
    moves = localGame(moves, { type: "drop", column });
    if (!matchOf(boardAfter(moves)).active) {
      moves = [];
    }
  }
  return moves;
}
