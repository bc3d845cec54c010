/** A perfect computer gives nothing away, whoever it plays against. */

import { expect, test, vi } from "vitest";
import { boardAfter, localGame, type Moves } from "../game/localGame";
import { matchOf } from "../game/match";
import { builtSolver } from "../testing/builtSolver";
import { seeded } from "../testing/randomGame";
import { chooseColumn, LEVELS } from "./levels";

const GAMES = 500;

vi.setConfig({ testTimeout: 4 * 3_600_000 });

test(`the level Perfect never lowers a position's value in ${GAMES} games`, async () => {
  const player = await builtSolver(8, 12);
  const judge = await builtSolver(8, 12);
  const random = seeded(1);

  /** What a position is worth to the player to move; the game may be over. */
  function worthOf(moves: Moves): number {
    const match = matchOf(boardAfter(moves));
    if (!match.active) {
      return match.winner === null ? 0 : -Math.floor((44 - moves.length) / 2);
    }
    return judge.best(moves).score;
  }

  let judged = 0;
  for (let game = 0; game < GAMES; game++) {
    const opponent = LEVELS[game % LEVELS.length] ?? "beginner";
    let moves: Moves = [];
    while (matchOf(boardAfter(moves)).active) {
      const isPerfect = (moves.length + game) % 2 === 0;
      const level = isPerfect ? "perfect" : opponent;
      const before = isPerfect ? worthOf(moves) : 0;
      const column = chooseColumn(player, moves, level, random);
      moves = localGame(moves, { type: "drop", column });
      if (isPerfect) {
        expect(0 - worthOf(moves), moves.join("")).toBe(before);
        judged += 1;
      }
    }
  }
  console.log(`${judged} moves in ${GAMES} games, none of which lowered the value`);
});
