import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { configuredApi } from "../../api/client";
import { rememberSeat } from "../../game/seats";
import { FakeServer } from "../../testing/FakeServer";
import { StartGame } from "./StartGame";

const ID = "Zk3vQ8bYt1LxN5cRw7HdJ2mPf9SgAe4U";
let server: FakeServer;
const onNewGame = vi.fn();
const onOpen = vi.fn();
const onLocal = vi.fn();
const onComputer = vi.fn();

beforeEach(() => {
  server = new FakeServer();
  onNewGame.mockReset().mockResolvedValue(undefined);
  onOpen.mockReset();
  onLocal.mockReset();
  onComputer.mockReset();
});

function show() {
  render(
    <StartGame
      api={configuredApi()}
      onNewGame={onNewGame}
      onOpen={onOpen}
      onLocal={onLocal}
      onComputer={onComputer}
    />,
  );
}

function button(name: string | RegExp) {
  return screen.getByRole("button", { name });
}

function field() {
  return screen.getByRole("textbox", { name: "Link or id of a friend’s game" });
}

test("begins a new online game, one at this screen, or one against the computer", async () => {
  show();
  await userEvent.click(button("New online game"));
  expect(onNewGame).toHaveBeenCalledOnce();
  await userEvent.click(button("Local game for two"));
  expect(onLocal).toHaveBeenCalledOnce();
  await userEvent.click(button("Play the computer"));
  expect(onComputer).toHaveBeenCalledOnce();
});

test.each([ID, `https://example.org/?game=${ID}`])("joins by %s", async (text) => {
  show();
  await userEvent.type(field(), text);
  await userEvent.click(button("Join"));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(ID);
});

test("joins with the Enter key", async () => {
  show();
  await userEvent.type(field(), `${ID}{Enter}`);
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(ID);
});

test("says what is no game, beside the field, until it is one", async () => {
  show();
  await userEvent.type(field(), "hello{Enter}");
  expect(screen.getByText("This is no link to a game, and no game’s id.")).toBeDefined();
  expect(field().getAttribute("aria-invalid")).toBe("true");
  expect(onOpen).not.toHaveBeenCalled();

  await userEvent.clear(field());
  await userEvent.type(field(), `${ID}{Enter}`);
  expect(field().getAttribute("aria-invalid")).toBe("false");
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(ID);
});

test("goes on with a game of this browser", async () => {
  const game = server.createGame();
  rememberSeat(game);
  show();
  await userEvent.click(button(/^Waiting for your friend/));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(game.gameId);
});
