import { useEffect, useEffectEvent, useState } from "react";
import { type Computer, orUnavailable } from "../../computer/computer";
import { type Scores, UNKNOWN } from "../../computer/judgement";
import { boardAfter, type Moves } from "../../game/localGame";
import { matchOf } from "../../game/match";

interface Review {
  /** The scores of the position before each move, and of the one after the last. */
  readonly positions: readonly Scores[];
  /** What finds them could not be loaded. */
  readonly isUnavailable: boolean;
}

/**
 * The scores of a game's positions, each column as it is found: at first of the one after `ply` moves,
 * then of the others from the last one back.
 */
export function useReview(computer: Computer, moves: Moves, ply: number): Review {
  const game = moves.join("");
  const [known, setKnown] = useState<ReadonlyMap<string, Scores>>(new Map());
  const [isUnavailable, setIsUnavailable] = useState(false);

  const isKnown = useEffectEvent((position: string) => {
    const scores = known.get(position);
    return scores !== undefined && !scores.includes(undefined);
  });

  useEffect(() => {
    let isWanted = true;

    async function review() {
      const positions = positionsOf(game).toReversed();
      for (const position of [game.slice(0, ply), ...positions]) {
        const before = movesOf(position);
        if (isKnown(position) || !matchOf(boardAfter(before)).active) {
          continue;
        }
        await computer.analyse(before, (column, score) =>
          setKnown((scores) => {
            const found = (scores.get(position) ?? UNKNOWN).with(column, score);
            return new Map(scores).set(position, found);
          }),
        );
        if (!isWanted) {
          return;
        }
      }
    }

    setIsUnavailable(false);
    orUnavailable(review(), () => setIsUnavailable(isWanted));
    return () => {
      isWanted = false;
    };
  }, [computer, game, ply]);

  return {
    positions: positionsOf(game).map((position) => known.get(position) ?? UNKNOWN),
    isUnavailable,
  };
}

/** Every position of a game, the empty board first, as the columns of the moves to it. */
function positionsOf(game: string): string[] {
  return Array.from({ length: game.length + 1 }, (_, end) => game.slice(0, end));
}

function movesOf(position: string): Moves {
  return Array.from(position, Number);
}
