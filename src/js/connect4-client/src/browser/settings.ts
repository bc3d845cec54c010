/** What a person chose for all their visits, the same in all tabs of the browser. */

import { useSyncExternalStore } from "react";
import { keep, kept } from "./storage";

const PREFIX = "connect4.setting.";
// A `storage` event comes to the other tabs only, so `choose` tells this one.
const CHOSEN = "connect4:chosen";

/** What can be switched on and off, and whether it is on at first. */
const AT_FIRST = {
  /** The keys 1 to 7 drop a disc. */
  numberKeys: true,
  /** It only sounds for who does not look, when it is their turn: that is why they would have it. */
  sound: true,
  /** On only when the person has allowed them. */
  notifications: false,
};

export type Switch = keyof typeof AT_FIRST;

export const SWITCHES = Object.keys(AT_FIRST) as Switch[];

/** Whether something is switched on, and what switches it. */
export function useSwitch(name: Switch): [isOn: boolean, turn: (isOn: boolean) => void] {
  const [chosen, choose] = useChoice(name);
  const isOn = chosen === null ? AT_FIRST[name] : chosen === "on";
  return [isOn, (turnedOn) => choose(turnedOn ? "on" : "off")];
}

/** What was chosen by this name, null if nothing was, and what chooses. */
export function useChoice(name: string): [chosen: string | null, choose: (value: string) => void] {
  const chosen = useSyncExternalStore(
    subscribe,
    () => kept(PREFIX + name),
    () => null,
  );

  function choose(value: string) {
    keep(PREFIX + name, value);
    window.dispatchEvent(new Event(CHOSEN));
  }

  return [chosen, choose];
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("storage", onChange);
  window.addEventListener(CHOSEN, onChange);
  return () => {
    window.removeEventListener("storage", onChange);
    window.removeEventListener(CHOSEN, onChange);
  };
}
