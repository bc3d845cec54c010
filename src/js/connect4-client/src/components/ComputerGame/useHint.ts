import { useState } from "react";
import { type Computer, orUnavailable } from "../../computer/computer";
import { type Scores, UNKNOWN } from "../../computer/judgement";
import { boardAfter, type Moves } from "../../game/localGame";
import { matchOf } from "../../game/match";
import { bestInWords } from "../Analysis/words";

interface Hint {
  /** The best columns and what they lead to; empty until it was asked for and found. */
  readonly text: string;
  readonly isUnavailable: boolean;
  ask(): void;
}

/** What would be best in a position, for who asks. */
export function useHint(computer: Computer, moves: Moves): Hint {
  const [found, setFound] = useState<{ moves: Moves; text: string; isUnavailable: boolean }>();
  const isOfNow = found?.moves === moves;

  const tell = (text: string, isUnavailable = false) => setFound({ moves, text, isUnavailable });

  async function look() {
    let scores: Scores = UNKNOWN;
    await computer.analyse(moves, (column, score) => {
      scores = scores.with(column, score);
    });
    tell(bestInWords(scores, moves.length, matchOf(boardAfter(moves)).turn));
  }

  function ask() {
    tell("Looking…");
    orUnavailable(look(), () => tell("", true));
  }

  return {
    text: isOfNow ? found.text : "",
    isUnavailable: isOfNow && found.isUnavailable,
    ask,
  };
}
