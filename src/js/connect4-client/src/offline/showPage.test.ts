import { expect, test, vi } from "vitest";
import { showPage } from "./showPage";

const GAME = "http://connect4.test/?game=A";

function pagesAt(...urls: string[]) {
  const open = urls.map((url) => ({ url, focus: vi.fn() }));
  return { open, matchAll: async () => open, openWindow: vi.fn() };
}

test("a page of the game that is open comes to the front", async () => {
  const pages = pagesAt("http://connect4.test/", GAME);
  await showPage(pages, GAME);
  expect(pages.open[1]?.focus).toHaveBeenCalledOnce();
  expect(pages.open[0]?.focus).not.toHaveBeenCalled();
  expect(pages.openWindow).not.toHaveBeenCalled();
});

test("a game of which no page is open any more is opened", async () => {
  const pages = pagesAt("http://connect4.test/?game=B");
  await showPage(pages, GAME);
  expect(pages.openWindow).toHaveBeenCalledWith(GAME);
  expect(pages.open[0]?.focus).not.toHaveBeenCalled();
});
