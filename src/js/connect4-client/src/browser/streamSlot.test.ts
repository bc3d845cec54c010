import { describe, expect, test, vi } from "vitest";
import { FakeLocks, withoutLocks } from "../testing/FakeLocks";
import { mayWatchHidden, takeStreamSlot } from "./streamSlot";

describe("where pages know of each other", () => {
  test("four of them have a slot, hidden or not", async () => {
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    expect(mayWatchHidden()).toBe(true);
    const slots = [];
    for (let page = 0; page < 4; page++) {
      slots.push(await takeStreamSlot());
    }
    expect(slots).not.toContain(null);
    expect(await takeStreamSlot()).toBeNull();
  });

  test("a slot that is given back is another page’s", async () => {
    const locks = new FakeLocks();
    const first = await takeStreamSlot();
    for (let page = 1; page < 4; page++) {
      await takeStreamSlot();
    }
    expect(locks.count).toBe(4);
    first?.();
    await vi.waitFor(() => expect(locks.count).toBe(3));
    expect(await takeStreamSlot()).not.toBeNull();
  });
});

describe("where they do not", () => {
  test("each page that is seen has a slot, and no hidden one", async () => {
    withoutLocks();
    expect(mayWatchHidden()).toBe(false);
    expect(await takeStreamSlot()).not.toBeNull();
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    expect(await takeStreamSlot()).toBeNull();
  });
});
