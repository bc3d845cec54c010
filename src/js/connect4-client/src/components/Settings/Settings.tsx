import { useId, useRef, useState } from "react";
import { mayNotify } from "../../browser/notification";
import { SWITCHES, type Switch, useSwitch } from "../../browser/settings";
import { useWords } from "../../words/useWords";
import { LanguageChoice } from "../LanguageChoice/LanguageChoice";
import styles from "./Settings.module.css";

/** A button that opens what can be set: the language, and switches. */
export function Settings() {
  const { settings } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  return (
    <>
      <button
        type="button"
        className={styles.open}
        aria-label={settings.name}
        title={settings.name}
        onClick={() => dialog.current?.showModal()}
      >
        <Gear />
      </button>
      <dialog ref={dialog} className={`card ${styles.dialog}`} aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>{settings.name}</h2>
        <LanguageChoice />
        {SWITCHES.map((name) => (
          <SwitchRow key={name} name={name} />
        ))}
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {settings.close}
        </button>
      </dialog>
    </>
  );
}

function SwitchRow({ name }: { name: Switch }) {
  const { switches, notAllowed } = useWords().settings;
  const { label, hint } = switches[name];
  const id = useId();
  const [isOn, turn] = useSwitch(name);
  const [isRefused, setIsRefused] = useState(false);

  async function change(isWanted: boolean) {
    const isAllowed = name !== "notifications" || !isWanted || (await mayNotify());
    setIsRefused(!isAllowed);
    if (isAllowed) {
      turn(isWanted);
    }
  }

  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.target.checked)}
      />
      <p id={`${id}-hint`} aria-live="polite">
        {isRefused ? notAllowed : hint}
      </p>
    </div>
  );
}

function Gear() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="6.5" />
      <circle cx="12" cy="12" r="2.5" />
      <path d="M12 2.2v3.3M12 18.5v3.3M2.2 12h3.3M18.5 12h3.3M5.1 5.1l2.3 2.3M16.6 16.6l2.3 2.3M5.1 18.9l2.3-2.3M16.6 7.4l2.3-2.3" />
    </svg>
  );
}
