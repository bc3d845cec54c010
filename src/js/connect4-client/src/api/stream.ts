/** One stream of a game's states, from its opening until it is of no use any more. */

import type { EventSource } from "eventsource";
import { jittered } from "../browser/pause";
import { mayWatchHidden } from "../browser/streamSlot";
import { complete, type WatchedGame } from "./game";
import { type Presence, presenceIn } from "./presence";
import type { Connection } from "./untilReached";

/**
 * Why a stream is over: another is to be opened at once, it broke, the server has nothing more to
 * tell, or it never told anything: it was refused, or something between here and the server keeps it
 * back.
 */
export type StreamEnding = "due" | "broken" | "over" | "silent";

export interface Listener {
  onGame(game: WatchedGame): void;
  onPresence(presence: Presence): void;
  /** "lost": nothing has come for longer than it should; "online": something comes again. */
  onConnection(connection: Connection): void;
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
// A connection can be dead without anybody here being told. The server was asked to say something
// every two seconds: the person is told soon, but a late stream is better than none.
const LOST_MS = 4500;
const DEAD_MS = 10_000;
// Servers of the release before say something at least every 15 seconds.
const DEAD_WITHOUT_KEEPALIVES_MS = 30_000;

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
      clearTimeout(silence);
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
  let hasKeepalives = false;
  let isLost = false;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function endAfter(milliseconds: number, ending: StreamEnding) {
    idle = false;
    clearTimeout(timer);
    timer = setTimeout(end, milliseconds, ending);
  }

  function endWhenQuiet() {
    endAfter(jittered(hasKeepalives ? DEAD_MS : DEAD_WITHOUT_KEEPALIVES_MS), "broken");
    idle = true;
  }

  function tellLost() {
    isLost = true;
    listener.onConnection("lost");
  }

  function hear() {
    if (over.signal.aborted) {
      return;
    }
    clearTimeout(silence);
    if (hasKeepalives) {
      silence = setTimeout(tellLost, LOST_MS);
    }
    if (isLost) {
      isLost = false;
      listener.onConnection("online");
    }
    if (idle) {
      endWhenQuiet();
    }
  }

  function on(target: EventTarget, type: string, onEvent: (event: Event) => void) {
    target.addEventListener(type, onEvent, { signal: over.signal });
  }

  on(source, "open", () => {
    if (resuming) {
      resuming = false;
      hasKeepalives = false;
      endWhenQuiet();
    }
  });
  on(source, "keepalive", () => {
    hasKeepalives = true;
    hear();
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
    hear,
    expectNews() {
      if (told && !resuming) {
        endAfter(NEWS_MS, "broken");
      }
    },
  };
}
