import { useEffect, useState } from "react";
import { parameter, setParameter } from "../../browser/address";
import { firstPly, type RecordedMoves } from "../../game/replay";

export interface Replay {
  /** The number of discs in the first position that can be shown, in the last one, and in this one. */
  readonly first: number;
  readonly last: number;
  readonly ply: number;
  /** An earlier position than the game's is shown. */
  readonly isLookingBack: boolean;
  /** There were moves since one looks back. */
  readonly hasNews: boolean;
  /** Shows another position; the last one is the game itself, which goes on. */
  goTo(ply: number): void;
}

// Browsers refuse an address that changes too often, as while the slider is drawn.
const ADDRESS_AFTER_MS = 300;

/** Which position of a game is shown: the one that the address names, or else the newest. */
export function useReplay(moves: RecordedMoves): Replay {
  const last = moves.length;
  const first = firstPly(moves);
  const [shown, setShown] = useState(() => inAddress(moves));
  if (shown !== null && (shown.ply >= last || !isContinued(shown.moves, moves))) {
    setShown(null);
  }
  const ply = shown === null ? last : Math.max(shown.ply, first);
  const isLookingBack = ply < last;

  useEffect(() => {
    const timer = setTimeout(
      () => setParameter("ply", isLookingBack ? String(ply) : null),
      ADDRESS_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [ply, isLookingBack]);

  return {
    first,
    last,
    ply,
    isLookingBack,
    hasNews: shown !== null && shown.moves.length < last,
    goTo: (to) => setShown({ ply: Math.max(to, first), moves: shown?.moves ?? moves }),
  };
}

/** What is looked at, and the game's moves when one began to look back. */
interface LookBack {
  readonly ply: number;
  readonly moves: RecordedMoves;
}

function inAddress(moves: RecordedMoves): LookBack | null {
  const ply = parameter("ply") ?? "";
  return /^\d{1,2}$/.test(ply) ? { ply: Number(ply), moves } : null;
}

/** Whether a game is still the same: moves can be taken back, and other games be entered. */
function isContinued(before: RecordedMoves, moves: RecordedMoves): boolean {
  return before.every((column, move) => column === moves[move]);
}
