import { type FormEvent, useId } from "react";
import { LEVELS, type Level } from "../../computer/levels";
import type { Player } from "../../game/rules";
import styles from "./NewComputerGame.module.css";

interface NewComputerGameProps {
  onStart(level: Level, you: Player): void;
}

/** Chooses how strong the computer plays, and who begins. */
export function NewComputerGame({ onStart }: NewComputerGameProps) {
  const id = useId();

  function start(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget);
    const level = LEVELS.find((one) => one.level === chosen.get("level"))?.level ?? "easy";
    onStart(level, chosen.get("you") === "2" ? 2 : 1);
  }

  return (
    <form className={`card ${styles.form}`} onSubmit={start} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Play the computer</h2>
      <fieldset className={styles.choice}>
        <legend>How strong it plays</legend>
        {LEVELS.map(({ level, name }) => (
          <label key={level}>
            <input type="radio" name="level" value={level} defaultChecked={level === "easy"} />
            {name}
          </label>
        ))}
      </fieldset>
      <fieldset className={styles.choice}>
        <legend>Who begins</legend>
        <label>
          <input type="radio" name="you" value="1" defaultChecked />
          You, with red
        </label>
        <label>
          <input type="radio" name="you" value="2" />
          The computer, with red
        </label>
      </fieldset>
      <button type="submit" className="button primary">
        Start
      </button>
    </form>
  );
}
