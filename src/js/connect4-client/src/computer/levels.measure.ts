/** How the levels do against each other: the table in docs/computer.md. */

import { expect, test, vi } from "vitest";
import { boardAfter, localGame, type Moves } from "../game/localGame";
import { matchOf } from "../game/match";
import type { Player } from "../game/rules";
import { builtSolver } from "../testing/builtSolver";
import { seeded } from "../testing/randomGame";
import { chooseColumn, LEVELS, type Level } from "./levels";

const GAMES = 200;
const LEAST_WON = 0.65 * GAMES;

vi.setConfig({ testTimeout: 4 * 3_600_000 });

const PAIRS = LEVELS.slice(1).map((level, index) => ({
  stronger: level,
  weaker: LEVELS[index] ?? level,
}));

test.each(PAIRS)("$stronger wins most games against $weaker", async ({ stronger, weaker }) => {
  const solver = await builtSolver(8, 12);
  const random = seeded(1);
  let [won, drawn, longest] = [0, 0, 0];
  for (let game = 0; game < GAMES; game++) {
    const side: Player = game % 2 === 0 ? 1 : 2;
    const levels: Record<Player, Level> =
      side === 1 ? { 1: stronger, 2: weaker } : { 1: weaker, 2: stronger };
    let moves: Moves = [];
    let match = matchOf(boardAfter(moves));
    while (match.active) {
      const before = process.cpuUsage();
      const column = chooseColumn(solver, moves, levels[match.turn], random);
      if (match.turn === side) {
        longest = Math.max(longest, process.cpuUsage(before).user / 1000);
      }
      moves = localGame(moves, { type: "drop", column });
      match = matchOf(boardAfter(moves));
    }
    won += match.winner === side ? 1 : 0;
    drawn += match.winner === null ? 1 : 0;
  }
  const figures = [stronger, weaker, won, drawn, GAMES - won - drawn, `${longest.toFixed(0)} ms`];
  console.log(`| ${figures.join(" | ")} |`);
  expect(won).toBeGreaterThanOrEqual(LEAST_WON);
});
