import { useId } from "react";
import { LONGEST_NAME, type NameProblem } from "../../game/playerName";
import { useWords } from "../../words/useWords";
import styles from "./NameField.module.css";

interface NameFieldProps {
  value: string;
  problem: NameProblem | null;
  onChange(value: string): void;
}

/** What the person is called, if they like to say it. */
export function NameField({ value, problem, onChange }: NameFieldProps) {
  const { names } = useWords();
  const id = useId();
  return (
    <div className={styles.name}>
      <label htmlFor={id}>{names.label}</label>
      <input
        id={id}
        className="field"
        dir="auto"
        autoComplete="nickname"
        spellCheck={false}
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-problem`} role="alert">
        {problem === "tooLong" && names.problems.tooLong(LONGEST_NAME)}
        {problem === "characters" && names.problems.characters}
      </p>
    </div>
  );
}
