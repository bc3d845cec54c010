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

test("lasts five times as long while nobody looks", async () => {
  look(true);
  const over = startPause();
  await vi.advanceTimersByTimeAsync(4999);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toHaveBeenCalledOnce();
});

test("ends at once when somebody looks again", async () => {
  look(true);
  const over = startPause();
  look(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toHaveBeenCalledOnce();
});

test.each(["online", "offline"])("ends at once when the browser is %s", async (event) => {
  const over = startPause();
  window.dispatchEvent(new Event(event));
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
