/** The computer player and the analysis, for the page: questions to the worker, and its answers. */

import type { Level } from "./levels";
import type { Answer, Asked } from "./messages";

const COLUMNS_ANALYSED = 7;

/** The worker, or what it needs, could not be loaded. */
export class Unavailable extends Error {}

/** Waits for an answer; calls `onUnavailable` if there is none since the computer is unavailable. */
export async function orUnavailable(answer: Promise<void>, onUnavailable: () => void) {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof Unavailable)) {
      throw error;
    }
    onUnavailable();
  }
}

export interface Computer {
  /** The column that a level plays after those of a running game; throws Unavailable. */
  choose(moves: readonly number[], level: Level): Promise<number>;
  /**
   * Tells what each column is worth to the player to move, null if it is full, as one after the
   * other is found; resolves after all of them. Another call ends it, unresolved. Throws Unavailable.
   */
  analyse(
    moves: readonly number[],
    onScore: (column: number, score: number | null) => void,
  ): Promise<void>;
}

interface Waiting {
  hear(answer: Answer): void;
  fail(): void;
}

/** Asks a worker, which `start` starts when there is the first question. */
export class WorkerComputer implements Computer {
  readonly #start: () => Worker;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #asked = 0;
  #analysis = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  choose(moves: readonly number[], level: Level): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#ask({ id: ++this.#asked, kind: "choose", moves, level }, reject, (answer) => {
        if (answer.kind === "choose") {
          this.#waiting.delete(answer.id);
          resolve(answer.column);
        }
      });
    });
  }

  analyse(
    moves: readonly number[],
    onScore: (column: number, score: number | null) => void,
  ): Promise<void> {
    this.#waiting.delete(this.#analysis);
    this.#analysis = ++this.#asked;
    let found = 0;
    return new Promise((resolve, reject) => {
      this.#ask({ id: this.#analysis, kind: "analyse", moves }, reject, (answer) => {
        if (answer.kind === "analyse") {
          onScore(answer.column, answer.score);
          found += 1;
          if (found === COLUMNS_ANALYSED) {
            this.#waiting.delete(answer.id);
            resolve();
          }
        }
      });
    });
  }

  #ask(question: Asked, reject: (error: Unavailable) => void, hear: Waiting["hear"]): void {
    const fail = () => {
      this.#waiting.delete(question.id);
      reject(new Unavailable());
    };
    this.#waiting.set(question.id, { hear, fail });
    this.#running().postMessage(question);
  }

  #running(): Worker {
    if (this.#worker === null) {
      this.#worker = this.#start();
      this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        const waiting = this.#waiting.get(data.id);
        if (data.kind === "failed") {
          waiting?.fail();
        } else {
          waiting?.hear(data);
        }
      };
      // Its script could not be loaded: the next question tries again.
      this.#worker.onerror = () => {
        this.#worker = null;
        for (const waiting of [...this.#waiting.values()]) {
          waiting.fail();
        }
      };
    }
    return this.#worker;
  }
}

/** The page's own. */
export const computer: Computer = new WorkerComputer(
  () => new Worker(new URL("./worker.ts", import.meta.url)),
);
