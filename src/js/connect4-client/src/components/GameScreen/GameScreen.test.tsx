import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { boardAfter } from "../../game/localGame";
import { matchOf } from "../../game/match";
import { spoken, status } from "../../testing/screen";
import { GameScreen } from "./GameScreen";

function show(moves: readonly number[], more: Partial<Parameters<typeof GameScreen>[0]> = {}) {
  return render(
    <GameScreen
      match={matchOf(boardAfter(moves))}
      moves={moves}
      query="?game=g"
      mayAnalyse={false}
      status="Your turn"
      you={1}
      mover={1}
      onDrop={vi.fn()}
      {...more}
    >
      <p>below</p>
    </GameScreen>,
  );
}

test("says how the game stands: to be read, to be heard, and in the title while it is shown", () => {
  const { unmount } = show([]);
  expect(status()).toBe("Your turn");
  expect(spoken()).toBe("Your turn");
  expect(document.title).toBe("Your turn – Connect 4");
  unmount();
  expect(document.title).toBe("Connect 4");
});

test("speaks the last move", () => {
  show([3, 6]);
  expect(spoken()).toBe("Yellow played column 7. Your turn");
});

test("shows the invitation in the players’ place", () => {
  show([], { invitation: <p>Come and play</p> });
  expect(screen.getByText("Come and play")).toBeDefined();
  expect(screen.queryByRole("list", { name: "Players" })).toBeNull();
});

test("says at once what went wrong", () => {
  show([], { notice: "That column is full." });
  expect(screen.getByRole("alert").textContent).toBe("That column is full.");
});
