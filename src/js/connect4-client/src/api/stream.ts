/** One stream of a game's states, from its opening until it is of no use any more. */

import type { EventSource } from "eventsource";
import { jittered } from "../browser/pause";
import { mayWatchHidden } from "../browser/streamSlot";
import { complete, type WatchedGame } from "./game";
import { type Presence, presenceIn } from "./presence";

/**
 * Why a stream is over: another is to be opened at once, it broke, the server has nothing more to
 * tell, or it never told anything: it was refused, or something between here and the server keeps it
 * back.
 */
export type StreamEnding = "due" | "broken" | "over" | "silent";

export interface Listener {
  onGame(game: WatchedGame): void;
  onPresence(presence: Presence): void;
}

export interface Stream {
  readonly ended: Promise<StreamEnding>;
  /** Something came, be it a comment. */
  hear(): void;
  /** There is a state on its way: a stream that does not tell it soon is broken. */
  expectNews(): void;
}

const NEWS_MS = 4000;
// How long the stream may take to be resumed by itself.
const RESUMED_MS = 2000;
// A connection can be dead without anybody here being told. The server says something at least every
// 15 seconds; with two of them missing, it is dead.
const QUIET_MS = 30_000;

/**
 * Reads a stream and closes it in the end, which is also when the signal aborts, when the network
 * comes or goes, and when a hidden page is looked at again.
 */
export function follow(source: EventSource, listener: Listener, signal: AbortSignal): Stream {
  const over = new AbortController();
  let end: (ending: StreamEnding) => void = () => {};
  const ended = new Promise<StreamEnding>((resolve) => {
    end = (ending) => {
      clearTimeout(timer);
      over.abort();
      source.close();
      resolve(ending);
    };
  });

  let told = false;
  let resuming = false;
  // Nothing special is waited for: the stream only has to be alive.
  let idle = false;
  let timer = setTimeout(end, NEWS_MS, "silent");

  function endAfter(milliseconds: number, ending: StreamEnding) {
    idle = false;
    clearTimeout(timer);
    timer = setTimeout(end, milliseconds, ending);
  }

  function endWhenQuiet() {
    endAfter(jittered(QUIET_MS), "broken");
    idle = true;
  }

  function on(target: EventTarget, type: string, onEvent: (event: Event) => void) {
    target.addEventListener(type, onEvent, { signal: over.signal });
  }

  on(source, "open", () => {
    if (resuming) {
      resuming = false;
      endWhenQuiet();
    }
  });
  on(source, "message", (event) => {
    told = true;
    resuming = false;
    endWhenQuiet();
    listener.onGame(
      complete<WatchedGame>(JSON.parse((event as MessageEvent<string>).data) as WatchedGame),
    );
  });
  on(source, "presence", (event) =>
    listener.onPresence(presenceIn((event as MessageEvent<string>).data)),
  );
  on(source, "end", () => end(told ? "over" : "silent"));
  on(source, "error", () => {
    if (!told) {
      end("silent");
    } else if (resuming || source.readyState === source.CLOSED) {
      end("broken");
    } else {
      resuming = true;
      endAfter(RESUMED_MS, "broken");
    }
  });
  on(document, "visibilitychange", () => {
    if (!document.hidden || !mayWatchHidden()) {
      end("due");
    }
  });
  on(window, "online", () => end("due"));
  on(window, "offline", () => end("broken"));
  on(signal, "abort", () => end("due"));
  if (signal.aborted) {
    end("due");
  }

  return {
    ended,
    hear() {
      if (idle) {
        endWhenQuiet();
      }
    },
    expectNews() {
      if (told && !resuming) {
        endAfter(NEWS_MS, "broken");
      }
    },
  };
}
