/**
 * The solver in a Web Worker: the page stays quick, and the server's Content-Security-Policy lets
 * no page run WebAssembly, but a worker.
 */

import { COLUMNS } from "../game/rules";
import type { LayerDiscs } from "../solver/book/layer";
import { Solver } from "../solver/solver";
import { chooseColumn } from "./levels";
import type { AnalyseQuestion, Answer, Asked } from "./messages";

const SEARCH = new URL("../solver/search.wasm", import.meta.url);
const LAYERS: Record<LayerDiscs, URL> = {
  8: new URL("../solver/book/8-discs.bin", import.meta.url),
  12: new URL("../solver/book/12-discs.bin", import.meta.url),
};

let solver: Promise<Solver> | null = null;
let larger: Promise<void> | null = null;
let newestAnalysis = 0;

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  try {
    await answer(data);
  } catch (error) {
    solver = null;
    say({ id: data.id, kind: "failed" });
    console.error(error);
  }
};

async function answer(question: Asked): Promise<void> {
  solver ??= load();
  const ready = await solver;
  if (question.kind === "analyse") {
    newestAnalysis = question.id;
    await withLarger(ready);
    await analyse(ready, question);
    return;
  }
  const { id, moves, level } = question;
  if (level === "perfect") {
    await withLarger(ready);
  }
  say({ id, kind: "choose", column: chooseColumn(ready, moves, level, Math.random) });
}

async function analyse(ready: Solver, { id, moves }: AnalyseQuestion): Promise<void> {
  for (let column = 0; column < COLUMNS; column++) {
    // Lets in what was asked meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    if (newestAnalysis !== id) {
      return;
    }
    say({ id, kind: "analyse", column, score: ready.score(moves, column) });
  }
}

async function load(): Promise<Solver> {
  const loaded = await Solver.from(await bytesAt(SEARCH));
  loaded.addLayer(8, await scoresOf(8));
  return loaded;
}

/** Also with the larger layer of the book, if it can be had: without it, all is right but slower. */
async function withLarger(ready: Solver): Promise<void> {
  larger ??= scoresOf(12).then((scores) => ready.addLayer(12, scores));
  try {
    await larger;
  } catch {
    larger = null;
  }
}

async function scoresOf(discs: LayerDiscs): Promise<Uint8Array> {
  const compressed = new Blob([await bytesAt(LAYERS[discs])]).stream();
  const scores = compressed.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(scores).arrayBuffer());
}

async function bytesAt(url: URL): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  return response.arrayBuffer();
}

function say(answer: Answer): void {
  self.postMessage(answer);
}
