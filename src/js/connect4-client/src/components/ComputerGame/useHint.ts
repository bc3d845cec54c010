import { useState } from "react";
import { type Computer, orUnavailable } from "../../computer/computer";
import { type Scores, UNKNOWN } from "../../computer/judgement";
import { boardAfter, type Moves } from "../../game/localGame";
import { matchOf } from "../../game/match";
import { useWords } from "../../words/useWords";
import { bestInWords } from "../Analysis/words";

interface Hint {
  /** The best columns and what they lead to; empty until it was asked for. */
  readonly text: string;
  readonly isUnavailable: boolean;
  ask(): void;
}

interface Found {
  readonly moves: Moves;
  /** Null while they are looked for. */
  readonly scores: Scores | null;
  readonly isUnavailable: boolean;
}

/** What would be best in a position, for who asks. */
export function useHint(computer: Computer, moves: Moves): Hint {
  const words = useWords();
  const [latest, setLatest] = useState<Found>();
  const found = latest?.moves === moves ? latest : undefined;

  const tell = (scores: Scores | null, isUnavailable = false) =>
    setLatest({ moves, scores, isUnavailable });

  async function look() {
    let scores: Scores = UNKNOWN;
    await computer.analyse(moves, (column, score) => {
      scores = scores.with(column, score);
    });
    tell(scores);
  }

  function ask() {
    tell(null);
    orUnavailable(look(), () => tell(UNKNOWN, true));
  }

  function inWords({ scores }: Found): string {
    return scores === null
      ? words.looking
      : bestInWords(scores, moves.length, matchOf(boardAfter(moves)).turn, words);
  }

  return {
    text: found === undefined ? "" : inWords(found),
    isUnavailable: found?.isUnavailable ?? false,
    ask,
  };
}
