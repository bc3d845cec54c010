import { type FormEvent, useId, useState } from "react";
import type { Moves } from "../../game/localGame";
import { readMoves, type WrongMove } from "../../game/notation";
import { useWords } from "../../words/useWords";
import styles from "./EnterMoves.module.css";

interface EnterMovesProps {
  /** The first wrong move of the link that the page was opened with; null if there was none. */
  wrong: WrongMove | null;
  onEnter(moves: Moves): void;
}

/** A field for the moves of a game as columns; a wrong one is named. */
export function EnterMoves({ wrong, onEnter }: EnterMovesProps) {
  const words = useWords().position;
  const id = useId();
  const [entered, setEntered] = useState(wrong);
  const problem = entered && words.wrong[entered.reason](entered.move, entered.text);

  function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const read = readMoves(String(new FormData(event.currentTarget).get("moves")));
    setEntered(read.wrong);
    if (read.wrong === null) {
      onEnter(read.moves);
    }
  }

  return (
    <details className={styles.enter} open={problem !== null || undefined}>
      <summary>{words.open}</summary>
      <form onSubmit={enter}>
        <label htmlFor={id}>{words.moves}</label>
        <div>
          <input
            id={id}
            name="moves"
            className="field"
            required
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={problem !== null}
            aria-describedby={`${id}-problem`}
          />
          <button type="submit" className="button">
            {words.show}
          </button>
        </div>
        <p id={`${id}-problem`} role="alert">
          {problem}
        </p>
      </form>
    </details>
  );
}
