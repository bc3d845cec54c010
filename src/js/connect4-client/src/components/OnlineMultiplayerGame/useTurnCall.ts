import { useEffect, useEffectEvent, useRef } from "react";
import { markIcon } from "../../browser/icon";
import { notify } from "../../browser/notification";
import { useSwitch } from "../../browser/settings";
import { chime } from "../../browser/sound";
import { markTitle } from "../../browser/title";
import { vibrate } from "../../browser/vibration";
import { useWords } from "../../words/useWords";

/**
 * Calls the person who does not look at the page: by the title and the icon of the tab, a sound and a
 * notification. Phones vibrate in sight, too: they may lie on the table.
 *
 * `call` says why, null if there is nothing to call for; `version` rises with every change of the
 * game and is null while none is known. What was so when the page opened is no news.
 */
export function useTurnCall(gameId: string, version: number | null, call: string | null): void {
  const { name } = useWords();
  const [sounds] = useSwitch("sound");
  const [notifies] = useSwitch("notifications");
  const known = useRef<number | null>(null);
  const notification = useRef<(() => void) | null>(null);

  const tell = useEffectEvent(() => {
    if (call === null) {
      return;
    }
    if (sounds) {
      vibrate();
    }
    if (isSeen()) {
      return;
    }
    markTitle(true);
    markIcon(true);
    if (sounds) {
      chime();
    }
    if (notifies) {
      notification.current = notify(name, call, gameId);
    }
  });

  useEffect(() => {
    if (version !== null && known.current !== null && version > known.current) {
      tell();
    }
    known.current = version;
  }, [version]);

  useEffect(() => {
    function end() {
      markTitle(false);
      markIcon(false);
      notification.current?.();
      notification.current = null;
    }
    function endIfSeen() {
      if (isSeen()) {
        end();
      }
    }

    window.addEventListener("focus", endIfSeen);
    document.addEventListener("visibilitychange", endIfSeen);
    return () => {
      window.removeEventListener("focus", endIfSeen);
      document.removeEventListener("visibilitychange", endIfSeen);
      end();
    };
  }, []);
}

function isSeen(): boolean {
  return !document.hidden && document.hasFocus();
}
