import { type FormEvent, useId, useState } from "react";
import type { Wishes } from "../../api/client";
import { useWords } from "../../words/useWords";
import { NameField } from "../NameField/NameField";
import { useName } from "../NameField/useName";
import { useNewGame } from "../NewGameButton/useNewGame";
import styles from "./NewOnlineGame.module.css";

interface NewOnlineGameProps {
  /** Creates an online game and goes there; throws Unreachable or Refused. */
  onNewGame(wishes: Wishes): Promise<void>;
}

const BEGINNERS = ["me", "friend", "lots"] as const;

type Beginner = (typeof BEGINNERS)[number];

/** What a new online game is to be like: who one is, who begins, and from where. */
export function NewOnlineGame({ onNewGame }: NewOnlineGameProps) {
  const { newOnlineGame, newGame } = useWords();
  const id = useId();
  const name = useName();
  const [beginner, setBeginner] = useState<Beginner>("me");
  const [isFair, setIsFair] = useState(false);
  const { isCreating, problem, create } = useNewGame(() =>
    onNewGame({ first: firstOf(beginner), opening: isFair ? "balanced" : "empty" }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.settle()) {
      create();
    }
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <NameField {...name.field} />
      <details className={styles.options}>
        <summary>{newGame.options}</summary>
        <fieldset>
          <legend>{newGame.whoBegins}</legend>
          {BEGINNERS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="beginner"
                checked={beginner === one}
                onChange={() => setBeginner(one)}
              />
              {newGame[one]}
            </label>
          ))}
        </fieldset>
        <label>
          <input
            type="checkbox"
            checked={isFair}
            aria-describedby={id}
            onChange={(event) => setIsFair(event.target.checked)}
          />
          {newGame.fairStart}
        </label>
        <p id={id} className={styles.why}>
          {newGame.whyFair}
        </p>
      </details>
      <button type="submit" className="button primary" aria-disabled={isCreating}>
        {newOnlineGame}
      </button>
      <p role="alert" className={styles.problem}>
        {problem}
      </p>
    </form>
  );
}

function firstOf(beginner: Beginner): "creator" | "joiner" {
  if (beginner === "lots") {
    return Math.random() < 0.5 ? "creator" : "joiner";
  }
  return beginner === "me" ? "creator" : "joiner";
}
