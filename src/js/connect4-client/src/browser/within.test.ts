import { beforeEach, expect, test, vi } from "vitest";
import { within } from "./within";

beforeEach(() => {
  vi.useFakeTimers();
});

test("aborts when the time is over, and not before", () => {
  const signal = within(1000);
  vi.advanceTimersByTime(999);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.aborted).toBe(true);
});

test("aborts with the other signal, and then waits for nothing", () => {
  const other = new AbortController();
  const signal = within(1000, other.signal);
  expect(signal.aborted).toBe(false);
  other.abort();
  expect(signal.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("is aborted from the beginning if the other signal is", () => {
  expect(within(1000, AbortSignal.abort()).aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
