import { expect, test } from "vitest";
import { boardAfter, localGame, rememberedLocalGame, rememberLocalGame } from "./localGame";
import { ply } from "./rules";

const RED_WINS = [0, 1, 0, 1, 0, 1, 0];

test("a move is added", () => {
  expect(localGame([3], { type: "drop", column: 4 })).toEqual([3, 4]);
});

test.each([
  ["into a full column", [2, 2, 2, 2, 2, 2], 2],
  ["beside the board", [], 7],
  ["after the game is won", RED_WINS, 5],
])("a move %s changes nothing", (_, moves, column) => {
  expect(localGame(moves, { type: "drop", column })).toBe(moves);
});

test("a move is taken back, a won game’s too", () => {
  expect(localGame(RED_WINS, { type: "undo" })).toEqual(RED_WINS.slice(0, -1));
  expect(localGame([], { type: "undo" })).toEqual([]);
});

test("a game begins anew", () => {
  expect(localGame(RED_WINS, { type: "restart" })).toEqual([]);
});

test("a game is remembered", () => {
  expect(rememberedLocalGame()).toEqual([]);
  rememberLocalGame(RED_WINS);
  expect(rememberedLocalGame()).toEqual(RED_WINS);
});

test.each(["no JSON", "{}", "null", '"3"', "[7, {}, null]"])(
  "what is no game is a new one: %s",
  (text) => {
    window.localStorage.setItem("connect4.local", text);
    expect(ply(boardAfter(rememberedLocalGame()))).toBe(0);
  },
);
