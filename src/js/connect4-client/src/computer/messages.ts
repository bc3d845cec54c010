/** What the page and the worker say to each other. */

import type { Level } from "./levels";

interface Question {
  /** Names the question in its answers. */
  readonly id: number;
  /** The columns of a running game's moves. */
  readonly moves: readonly number[];
}

/** Which column a level plays; the answer is a ColumnAnswer. */
export interface ChooseQuestion extends Question {
  readonly kind: "choose";
  readonly level: Level;
}

/** What each column is worth; there is a ScoreAnswer a column. A later one ends it. */
export interface AnalyseQuestion extends Question {
  readonly kind: "analyse";
}

export interface ChooseAnswer {
  readonly id: number;
  readonly kind: "choose";
  readonly column: number;
}

export interface ScoreAnswer {
  readonly id: number;
  readonly kind: "analyse";
  readonly column: number;
  /** Null if the column is full. */
  readonly score: number | null;
}

/** The computer player, or what it needs, could not be loaded. */
export interface FailedAnswer {
  readonly id: number;
  readonly kind: "failed";
}

export type Asked = ChooseQuestion | AnalyseQuestion;
export type Answer = ChooseAnswer | ScoreAnswer | FailedAnswer;
