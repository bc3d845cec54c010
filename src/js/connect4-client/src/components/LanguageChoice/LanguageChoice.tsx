import { useId } from "react";
import { LANGUAGES, type Language, useChooseLanguage } from "../../words/language";
import { useWords } from "../../words/useWords";
import styles from "./LanguageChoice.module.css";

const TAGS = Object.keys(LANGUAGES) as Language[];

/** Chooses the page's language, each by its own name. */
export function LanguageChoice() {
  const words = useWords();
  const id = useId();
  const choose = useChooseLanguage();

  return (
    <p className={styles.choice}>
      <label htmlFor={id}>{words.settings.language}</label>
      <select
        id={id}
        className="field"
        value={words.language}
        onChange={(event) => choose(event.target.value as Language)}
      >
        {TAGS.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {LANGUAGES[tag]}
          </option>
        ))}
      </select>
    </p>
  );
}
