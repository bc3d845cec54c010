import { act, renderHook } from "@testing-library/react";
import { StrictMode } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { keep } from "../../browser/storage";
import { useTurnCall } from "./useTurnCall";

interface Known {
  version: number | null;
  call: string | null;
}

class FakeNotification {
  static permission: NotificationPermission = "granted";
  static readonly shown: FakeNotification[] = [];
  onclick: () => void = () => {};
  isClosed = false;

  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    FakeNotification.shown.push(this);
  }

  close() {
    this.isClosed = true;
  }
}

const vibrate = vi.fn();
const tones = vi.fn();

/** The nodes of WebAudio, which happy-dom does not have. */
class FakeContext {
  currentTime = 0;
  destination = {};
  resume = () => Promise.resolve();
}

class FakeNode {
  gain = {
    setValueAtTime: () => {},
    linearRampToValueAtTime: () => {},
    exponentialRampToValueAtTime: () => {},
  };
  connect = (to: unknown) => to;
  start = tones;
  stop = () => {};
}

beforeEach(() => {
  vibrate.mockReset();
  tones.mockReset();
  FakeNotification.shown.length = 0;
  FakeNotification.permission = "granted";
  vi.stubGlobal("Notification", FakeNotification);
  vi.stubGlobal("AudioContext", FakeContext);
  vi.stubGlobal("OscillatorNode", FakeNode);
  vi.stubGlobal("GainNode", FakeNode);
  Object.assign(navigator, { vibrate });
  document.head.innerHTML = '<link rel="icon" href="http://connect4.test/icon.svg">';
  document.title = "Your turn – Connect 4";
});

function look(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  vi.spyOn(document, "hasFocus").mockReturnValue(!hidden);
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

function icon(): string {
  return document.querySelector("link")?.href ?? "";
}

function open(known: Known) {
  return renderHook(({ version, call }: Known) => useTurnCall("g", version, call), {
    initialProps: known,
    wrapper: StrictMode,
  });
}

describe("who does not look", () => {
  test("is called by title, icon, sound and vibration when it is their turn", async () => {
    const { rerender } = open({ version: 2, call: null });
    look(true);
    rerender({ version: 3, call: "Your turn" });
    expect(document.title).toBe("● Your turn – Connect 4");
    expect(icon()).toBe("http://connect4.test/icon-your-turn.svg");
    expect(vibrate).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(tones).toHaveBeenCalledTimes(2));
    expect(FakeNotification.shown).toEqual([]);
  });

  test("sees none of it any more when they look", () => {
    const { rerender } = open({ version: 2, call: null });
    look(true);
    rerender({ version: 3, call: "Your turn" });
    look(false);
    expect(document.title).toBe("Your turn – Connect 4");
    expect(icon()).toBe("http://connect4.test/icon.svg");
  });

  test("hears nothing when the sound is switched off, and feels nothing", () => {
    keep("connect4.setting.sound", "off");
    const { rerender } = open({ version: 2, call: null });
    look(true);
    rerender({ version: 3, call: "Your turn" });
    expect(document.title).toBe("● Your turn – Connect 4");
    expect(tones).not.toHaveBeenCalled();
    expect(vibrate).not.toHaveBeenCalled();
  });

  test("has a notification if that is switched on, which leads to the page", () => {
    keep("connect4.setting.notifications", "on");
    const focus = vi.spyOn(window, "focus").mockReturnValue();
    const { rerender } = open({ version: 2, call: null });
    look(true);
    rerender({ version: 3, call: "Your turn" });
    const [notification] = FakeNotification.shown;
    expect(notification).toMatchObject({
      title: "Connect 4",
      options: { body: "Your turn", tag: "g" },
    });
    notification?.onclick();
    expect(focus).toHaveBeenCalledOnce();
    expect(notification?.isClosed).toBe(true);
  });

  test("has none any more when they look, or leave the game", () => {
    keep("connect4.setting.notifications", "on");
    const { rerender, unmount } = open({ version: 2, call: null });
    look(true);
    rerender({ version: 3, call: "Your turn" });
    look(false);
    expect(FakeNotification.shown[0]?.isClosed).toBe(true);
    look(true);
    rerender({ version: 5, call: "Your turn" });
    unmount();
    expect(FakeNotification.shown[1]?.isClosed).toBe(true);
  });

  test("has none that the browser does not allow any more", () => {
    keep("connect4.setting.notifications", "on");
    FakeNotification.permission = "denied";
    const { rerender } = open({ version: 2, call: null });
    look(true);
    rerender({ version: 3, call: "Your turn" });
    expect(FakeNotification.shown).toEqual([]);
  });

  test.each<[string, Known]>([
    ["after their own move", { version: 3, call: null }],
    ["for what has been so", { version: 2, call: "Your turn" }],
  ])("is not called %s", (_, known) => {
    const { rerender } = open({ version: 2, call: "Your turn" });
    look(true);
    rerender(known);
    expect(document.title).toBe("Your turn – Connect 4");
    expect(vibrate).not.toHaveBeenCalled();
  });

  test("is not called for what is so when the page opens", () => {
    look(true);
    const { rerender } = open({ version: null, call: null });
    rerender({ version: 3, call: "Your turn" });
    expect(document.title).toBe("Your turn – Connect 4");
  });
});

test("who looks feels it, and that is all", () => {
  look(false);
  const { rerender } = open({ version: 2, call: null });
  rerender({ version: 3, call: "Your turn" });
  expect(vibrate).toHaveBeenCalledOnce();
  expect(document.title).toBe("Your turn – Connect 4");
  expect(tones).not.toHaveBeenCalled();
});
