import { expect, test } from "vitest";
import { Unavailable, WorkerComputer } from "./computer";
import type { Answer, Asked } from "./messages";

/** A worker that has been started, and what it was asked. */
class StartedWorker {
  readonly asked: Asked[] = [];
  onmessage: ((event: { data: Answer }) => void) | null = null;
  onerror: (() => void) | null = null;

  postMessage(question: Asked): void {
    this.asked.push(question);
  }
}

function start() {
  const workers: StartedWorker[] = [];
  const computer = new WorkerComputer(() => {
    workers.push(new StartedWorker());
    return workers.at(-1) as unknown as Worker;
  });
  return { computer, workers };
}

test("no worker is started before there is a question, and one for all of them", () => {
  const { computer, workers } = start();
  expect(workers).toHaveLength(0);
  computer.choose([3], "easy");
  computer.choose([3, 3], "easy");
  expect(workers).toHaveLength(1);
});

test("each question gets its own answer", async () => {
  const { computer, workers } = start();
  const [first, second] = [computer.choose([3], "easy"), computer.choose([], "hard")];
  const [worker] = workers;
  worker?.onmessage?.({ data: { id: 2, kind: "choose", column: 6 } });
  worker?.onmessage?.({ data: { id: 1, kind: "choose", column: 5 } });
  expect(await first).toBe(5);
  expect(await second).toBe(6);
  expect(worker?.asked[1]).toEqual({ id: 2, kind: "choose", moves: [], level: "hard" });
});

test("an analysis tells column by column, until there is another one", async () => {
  const { computer, workers } = start();
  const told: [number, number | null][] = [];
  computer.analyse([3], () => expect.unreachable());
  const analysis = computer.analyse([4], (column, score) => told.push([column, score]));
  for (const id of [1, 2]) {
    for (let column = 0; column < 7; column++) {
      const score = column === 4 ? null : column;
      workers[0]?.onmessage?.({ data: { id, kind: "analyse", column, score } });
    }
  }
  await analysis;
  expect(told).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, null],
    [5, 5],
    [6, 6],
  ]);
});

test("says what could not be loaded, and a worker whose script was not is started anew", async () => {
  const { computer, workers } = start();
  const first = computer.choose([], "easy");
  workers[0]?.onmessage?.({ data: { id: 1, kind: "failed" } });
  await expect(first).rejects.toThrow(Unavailable);

  const second = computer.analyse([], () => {});
  workers[0]?.onerror?.();
  await expect(second).rejects.toThrow(Unavailable);
  computer.choose([], "easy");
  expect(workers).toHaveLength(2);
});
