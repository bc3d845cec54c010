/** The computer player without a worker: the solver as it is built, in the test itself. */

import { type Computer, Unavailable } from "../computer/computer";
import { chooseColumn, type Level } from "../computer/levels";
import { COLUMNS } from "../game/rules";
import type { Solver } from "../solver/solver";
import { builtSolver } from "./builtSolver";
import { seeded } from "./randomGame";

export class FakeComputer implements Computer {
  /** As when the network is gone before the worker is loaded. */
  isUnavailable = false;
  #solver: Promise<Solver> | null = null;
  readonly #random = seeded(1);

  async choose(moves: readonly number[], level: Level): Promise<number> {
    return chooseColumn(await this.#loaded(), moves, level, this.#random);
  }

  async analyse(
    moves: readonly number[],
    onScore: (column: number, score: number | null) => void,
  ): Promise<void> {
    const solver = await this.#loaded();
    for (let column = 0; column < COLUMNS; column++) {
      onScore(column, solver.score(moves, column));
    }
  }

  #loaded(): Promise<Solver> {
    if (this.isUnavailable) {
      throw new Unavailable();
    }
    this.#solver ??= builtSolver(8, 12);
    return this.#solver;
  }
}
