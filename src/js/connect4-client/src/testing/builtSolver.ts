/** The solver as it is built, for tests: `yarn compile-search` has to have run. */

import { readFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import type { LayerDiscs } from "../solver/book/layer";
import { Solver } from "../solver/solver";

/** A new solver, with those layers of the opening book. */
export async function builtSolver(...layers: readonly LayerDiscs[]): Promise<Solver> {
  const solver = await Solver.from(new Uint8Array(await readFile("src/solver/search.wasm")));
  for (const discs of layers) {
    solver.addLayer(discs, inflateSync(await readFile(`src/solver/book/${discs}-discs.bin`)));
  }
  return solver;
}
