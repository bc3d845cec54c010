import { expect, test } from "vitest";
import { en } from "../words/en";
import { boardAfter } from "./localGame";
import { matchOf, statusOf } from "./match";
import type { Player } from "./rules";

const RED_WINS = matchOf(boardAfter([0, 1, 0, 1, 0, 1, 0]));
const RED_TO_MOVE = matchOf(boardAfter([]));
const DRAWN = { ...RED_TO_MOVE, active: false };

test.each<[string, ReturnType<typeof matchOf>, Player | null]>([
  ["Red wins!", RED_WINS, null],
  ["You won!", RED_WINS, 1],
  ["You lost.", RED_WINS, 2],
  ["It is a draw.", DRAWN, null],
  ["It is a draw.", DRAWN, 1],
  ["Red’s turn", RED_TO_MOVE, null],
  ["Your turn", RED_TO_MOVE, 1],
  ["Red’s turn, wait for it", RED_TO_MOVE, 2],
])("the status %j", (status, match, you) => {
  expect(statusOf(match, you, en)).toBe(status);
});

test("a match is over when somebody has won", () => {
  expect(RED_WINS).toMatchObject({ active: false, winner: 1 });
});
