/**
 * Exact scores of positions, by the search in assembly/index.ts, which says what a score is.
 *
 * It takes up to seconds: in the page, worker.ts runs it.
 */

import { COLUMNS, ROWS } from "../game/rules";
import { type LayerDiscs, placesOf } from "./book/layer";

const CELLS = COLUMNS * ROWS;
const FROM_THE_MIDDLE = [3, 2, 4, 1, 5, 0, 6];

/** The columns of a game's moves in order; nobody has won, and a cell is free. */
type Running = readonly number[];

interface Search {
  readonly memory: WebAssembly.Memory;
  readonly FREE: WebAssembly.Global<"i32">;
  start(): void;
  drop(column: number): void;
  addBook(discs: number, address: number): void;
  /** The most that a column can be worth. */
  most(): number;
  /** A bound of a column's score: a lower one if it is at least `beta`, else an upper one. */
  bound(column: number, beta: number): number;
}

export class Solver {
  readonly #search: Search;
  #free: number;

  /** From the compiled search; throws WebAssembly.CompileError where no WebAssembly may run. */
  static async from(wasm: BufferSource): Promise<Solver> {
    const { instance } = await WebAssembly.instantiate(wasm);
    return new Solver(instance.exports as unknown as Search);
  }

  private constructor(search: Search) {
    this.#search = search;
    this.#free = search.FREE.value;
  }

  /** Looks boards with so many discs up from now on; `scores` has a byte a board. */
  addLayer(discs: LayerDiscs, scores: Uint8Array): void {
    const places = new Uint8Array(placesOf(discs).buffer);
    const { memory } = this.#search;
    const end = this.#free + places.length + scores.length;
    memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / 65_536)));
    const bytes = new Uint8Array(memory.buffer);
    bytes.set(places, this.#free);
    bytes.set(scores, this.#free + places.length);
    this.#search.addBook(discs, this.#free);
    this.#free = end + (end % 2);
  }

  /**
   * What a column is worth to the player to move; null if it is full.
   *
   * With a horizon, only what is decided within so many discs counts, and all else is 0.
   */
  score(moves: Running, column: number, horizon = CELLS): number | null {
    if (!takesDisc(moves, column)) {
      return null;
    }
    this.#play(moves);
    const discs = moves.length;
    const best = this.#search.most();
    const worst = -scoreOfWin(discs + 1);
    const leastWin = Math.max(1, scoreOfWin(discs + horizon - (horizon % 2 === 0 ? 2 : 1)));
    const leastLoss = Math.min(-1, -scoreOfWin(discs + horizon - (horizon % 2 === 0 ? 1 : 2)));
    if (best >= leastWin && this.#search.bound(column, leastWin) >= leastWin) {
      return this.#between(column, leastWin, best);
    }
    if (this.#search.bound(column, leastLoss + 1) <= leastLoss) {
      return this.#between(column, worst, Math.min(leastLoss, best));
    }
    return 0;
  }

  /**
   * A column with the best score, and that score: sooner than by all scores, since of the others it
   * is enough to know that they are not better.
   */
  best(moves: Running): { column: number; score: number } {
    this.#play(moves);
    const most = this.#search.most();
    const least = -scoreOfWin(moves.length + 1);
    let best = { column: -1, score: least - 1 };
    for (const column of FROM_THE_MIDDLE.filter((one) => takesDisc(moves, one))) {
      const better = best.score + 1;
      if (best.score < most && (better === least || this.#search.bound(column, better) >= better)) {
        best = { column, score: this.#between(column, better, most) };
      }
    }
    return best;
  }

  #play(moves: Running): void {
    this.#search.start();
    for (const move of moves) {
      this.#search.drop(move);
    }
  }

  #between(column: number, least: number, most: number): number {
    let [lower, upper] = [least, most];
    while (lower < upper) {
      const beta = Math.ceil((lower + upper) / 2);
      const bound = this.#search.bound(column, beta);
      if (bound >= beta) {
        lower = bound;
      } else {
        upper = bound;
      }
    }
    return lower;
  }
}

function takesDisc(moves: Running, column: number): boolean {
  return moves.filter((move) => move === column).length < ROWS;
}

/** The score of who drops the winning disc where so many lie. */
export function scoreOfWin(discs: number): number {
  return Math.floor((CELLS + 1 - discs) / 2);
}
