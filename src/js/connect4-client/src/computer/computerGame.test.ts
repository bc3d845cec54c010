import { expect, test } from "vitest";
import {
  type ComputerGame,
  canTakeBack,
  computerGame,
  rememberComputerGame,
  rememberedComputerGame,
} from "./computerGame";

const YOU_BEGIN: ComputerGame = { level: "easy", you: 1, moves: [3, 2] };
const COMPUTER_BEGINS: ComputerGame = { level: "hard", you: 2, moves: [3, 2, 3] };

test("a game begins with an empty board", () => {
  const action = { type: "start", level: "easy", you: 2 } as const;
  expect(computerGame(YOU_BEGIN, action)).toEqual({ level: "easy", you: 2, moves: [] });
});

test("discs are dropped by the rules", () => {
  expect(computerGame(YOU_BEGIN, { type: "drop", column: 6 })?.moves).toEqual([3, 2, 6]);
  expect(computerGame(YOU_BEGIN, { type: "drop", column: 7 })?.moves).toEqual([3, 2]);
});

test.each([
  ["with the answer to it", YOU_BEGIN, []],
  ["before there is an answer", { ...YOU_BEGIN, moves: [3, 2, 4] }, [3, 2]],
  ["as the second player", COMPUTER_BEGINS, [3]],
  ["but not the computer’s own first one", { ...COMPUTER_BEGINS, moves: [3] }, [3]],
])("a move is taken back %s", (_, game, moves) => {
  expect(computerGame(game, { type: "takeBack" })?.moves).toEqual(moves);
  expect(canTakeBack(game)).toBe(moves.length < game.moves.length);
});

test("a game is remembered until it is left", () => {
  expect(rememberedComputerGame()).toBeNull();
  rememberComputerGame(COMPUTER_BEGINS);
  expect(rememberedComputerGame()).toEqual(COMPUTER_BEGINS);
  rememberComputerGame(computerGame(COMPUTER_BEGINS, { type: "leave" }));
  expect(rememberedComputerGame()).toBeNull();
});

test.each([
  "no JSON",
  "null",
  "3",
  '{"level":"godlike","you":1,"moves":[]}',
  '{"level":"easy","you":3,"moves":[]}',
  '{"level":"easy","you":1}',
])("what is no game is none: %s", (text) => {
  window.localStorage.setItem("connect4.computer", text);
  expect(rememberedComputerGame()).toBeNull();
});
