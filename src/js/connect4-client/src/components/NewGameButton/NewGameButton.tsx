import styles from "./NewGameButton.module.css";
import { useNewGame } from "./useNewGame";

interface NewGameButtonProps {
  name: string;
  /** Creates a game and goes there; throws Unreachable or Refused. */
  onNewGame(): Promise<void>;
}

/** Creates an online game that is as usual. */
export function NewGameButton({ name, onNewGame }: NewGameButtonProps) {
  const { isCreating, problem, create } = useNewGame(onNewGame);
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
