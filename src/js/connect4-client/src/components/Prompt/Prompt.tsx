import type { ReactNode } from "react";
import styles from "./Prompt.module.css";

interface PromptProps {
  /** What is said, and spoken aloud when it changes; "" if there is nothing to say. */
  text: string;
  /** What can be answered, or what is only for the eyes. */
  children?: ReactNode;
}

/** Something that the other player does or wants, with what can be answered. */
export function Prompt({ text, children }: PromptProps) {
  return (
    <div className={styles.prompt} data-empty={text === "" || undefined}>
      <p aria-live="polite">{text}</p>
      {text !== "" && children}
    </div>
  );
}

/** The buttons of a prompt, or of what else can be done. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
