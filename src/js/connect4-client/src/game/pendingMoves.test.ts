import { expect, test } from "vitest";
import { moveSettled, rememberMove, unansweredMove } from "./pendingMoves";

test("a move is kept until it is answered", () => {
  expect(unansweredMove("one")).toBeNull();
  rememberMove("one", { column: 3, move: 4 });
  expect(unansweredMove("one")).toEqual({ column: 3, move: 4 });
  expect(unansweredMove("two")).toBeNull();
  moveSettled("one");
  expect(unansweredMove("one")).toBeNull();
});

test.each(["no JSON", "null", "{}", "3", '{"column":"3","move":1}'])(
  "what is no move is none: %s",
  (text) => {
    window.localStorage.setItem("connect4.move.one", text);
    expect(unansweredMove("one")).toBeNull();
  },
);
