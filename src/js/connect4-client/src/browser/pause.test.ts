import { beforeEach, expect, test, vi } from "vitest";
import { pause } from "./pause";

beforeEach(() => {
  vi.useFakeTimers();
});

function startPause(signal = new AbortController().signal) {
  const over = vi.fn();
  pause(1000, signal).then(over);
  return over;
}

function look(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
}

test("lasts as long as it should", async () => {
  const over = startPause();
  await vi.advanceTimersByTimeAsync(999);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toHaveBeenCalledOnce();
});

test("does not end while nobody looks, and at once when somebody does", async () => {
  look(true);
  const over = startPause();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(over).not.toHaveBeenCalled();
  look(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toHaveBeenCalledOnce();
});

test("ends at once when the network is back", async () => {
  const over = startPause();
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toHaveBeenCalledOnce();
});

test("ends at once when it is aborted, even before it began or while nobody looks", async () => {
  look(true);
  const leaving = new AbortController();
  const over = startPause(leaving.signal);
  leaving.abort();
  const late = startPause(leaving.signal);
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toHaveBeenCalledOnce();
  expect(late).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});
