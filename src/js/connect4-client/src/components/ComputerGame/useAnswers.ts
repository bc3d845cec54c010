import { useEffect, useEffectEvent, useState } from "react";
import { type Computer, orUnavailable } from "../../computer/computer";
import type { ComputerGame } from "../../computer/computerGame";
import { boardAfter } from "../../game/localGame";
import { matchOf } from "../../game/match";

// So that a person sees their own disc land first.
const LANDING_MS = 600;

interface Answers {
  /** The computer could not be loaded. */
  readonly isUnavailable: boolean;
  retry(): void;
}

/** Has the computer drop a disc whenever it is its turn. */
export function useAnswers(
  computer: Computer,
  { level, you, moves }: ComputerGame,
  onDrop: (column: number) => void,
): Answers {
  const [isUnavailable, setIsUnavailable] = useState(false);
  const [tries, setTries] = useState(0);
  const drop = useEffectEvent(onDrop);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` has it asked again.
  useEffect(() => {
    const { active, turn } = matchOf(boardAfter(moves));
    if (!active || turn === you) {
      return;
    }
    let isWanted = true;

    async function answer() {
      const landed = new Promise((resolve) => setTimeout(resolve, LANDING_MS));
      const column = await computer.choose(moves, level);
      await landed;
      if (isWanted) {
        drop(column);
      }
    }

    orUnavailable(answer(), () => setIsUnavailable(isWanted));
    return () => {
      isWanted = false;
      setIsUnavailable(false);
    };
  }, [computer, level, you, moves, tries]);

  return { isUnavailable, retry: () => setTries(tries + 1) };
}
