import { useState } from "react";
import { Refused } from "../../api/client";
import { useWords } from "../../words/useWords";
import styles from "./NewGameButton.module.css";

interface NewGameButtonProps {
  name: string;
  /** Creates a game and goes there; throws Unreachable or Refused. */
  onNewGame(): Promise<void>;
}

/** Creates an online game, once however often it is pressed, and says so if that fails. */
export function NewGameButton({ name, onNewGame }: NewGameButtonProps) {
  const { online } = useWords();
  const [isCreating, setIsCreating] = useState(false);
  const [problem, setProblem] = useState("");

  async function create() {
    if (isCreating) {
      return;
    }
    setIsCreating(true);
    setProblem("");
    try {
      await onNewGame();
    } catch (error) {
      setProblem(error instanceof Refused ? online.refused(error.message) : online.unreachable);
    } finally {
      setIsCreating(false);
    }
  }

  return (
    <div className={styles.place}>
      <button type="button" className="button primary" aria-disabled={isCreating} onClick={create}>
        {name}
      </button>
      <p role="alert" className={styles.problem}>
        {problem}
      </p>
    </div>
  );
}
