import { useId, useLayoutEffect, useRef } from "react";
import { useWords } from "../../words/useWords";
import styles from "./ConfirmDialog.module.css";

interface ConfirmDialogProps {
  question: string;
  /** What the button that does it says. */
  confirm: string;
  onConfirm(): void;
  /** The person has changed their mind: by the button, or by Escape. */
  onCancel(): void;
}

/** Asks once more before something that cannot be undone; shown while it is rendered. */
export function ConfirmDialog({ question, confirm, onConfirm, onCancel }: ConfirmDialogProps) {
  const words = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  // To close it gives the focus back, if it is still on the page.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={`card ${styles.dialog}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <p id={id}>{question}</p>
      <div className={styles.answers}>
        <button type="button" className="button" onClick={onCancel}>
          {words.game.cancel}
        </button>
        <button type="button" className="button primary" onClick={onConfirm}>
          {confirm}
        </button>
      </div>
    </dialog>
  );
}
