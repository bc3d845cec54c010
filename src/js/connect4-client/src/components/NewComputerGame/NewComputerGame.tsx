import { type FormEvent, useId } from "react";
import { LEVELS, type Level } from "../../computer/levels";
import type { Player } from "../../game/rules";
import { useTitle } from "../../words/useTitle";
import { useWords } from "../../words/useWords";
import styles from "./NewComputerGame.module.css";

interface NewComputerGameProps {
  onStart(level: Level, you: Player): void;
}

/** Chooses how strong the computer plays, and who begins. */
export function NewComputerGame({ onStart }: NewComputerGameProps) {
  const { computer, playComputer } = useWords();
  useTitle(playComputer);
  const id = useId();

  function start(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget);
    const level = LEVELS.find((one) => one === chosen.get("level")) ?? "easy";
    onStart(level, chosen.get("you") === "2" ? 2 : 1);
  }

  return (
    <form className={`card ${styles.form}`} onSubmit={start} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{playComputer}</h2>
      <fieldset className={styles.choice}>
        <legend>{computer.howStrong}</legend>
        {LEVELS.map((level) => (
          <label key={level}>
            <input type="radio" name="level" value={level} defaultChecked={level === "easy"} />
            {computer.levels[level]}
          </label>
        ))}
      </fieldset>
      <fieldset className={styles.choice}>
        <legend>{computer.whoBegins}</legend>
        <label>
          <input type="radio" name="you" value="1" defaultChecked />
          {computer.youBegin}
        </label>
        <label>
          <input type="radio" name="you" value="2" />
          {computer.computerBegins}
        </label>
      </fieldset>
      <button type="submit" className="button primary">
        {computer.start}
      </button>
    </form>
  );
}
