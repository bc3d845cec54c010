import { useId, useRef, useState } from "react";
import { copy } from "../../browser/clipboard";
import { useWords } from "../../words/useWords";
import styles from "./CopyField.module.css";

interface CopyFieldProps {
  label: string;
  value: string;
}

/** A text to copy. */
export function CopyField({ label, value }: CopyFieldProps) {
  const words = useWords().replay;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");

  async function copyValue() {
    if (field.current !== null) {
      setSaid((await copy(field.current)) ? words.copied : words.notCopied);
    }
  }

  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div>
        <input
          id={id}
          ref={field}
          className="field"
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
        />
        <button
          type="button"
          className="button"
          aria-label={`${words.copy}: ${label}`}
          onClick={copyValue}
        >
          {words.copy}
        </button>
      </div>
      <p aria-live="polite">{said}</p>
    </div>
  );
}
