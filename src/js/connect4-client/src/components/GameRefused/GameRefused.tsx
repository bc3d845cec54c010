import { useTitle } from "../../words/useTitle";
import { useWords } from "../../words/useWords";
import { NewGameButton } from "../NewGameButton/NewGameButton";
import styles from "./GameRefused.module.css";

interface GameRefusedProps {
  /** The server's reason. */
  refusal: string;
  onNewGame(): Promise<void>;
  onLeave(): void;
}

interface Reason {
  readonly what: string;
  readonly hint: string;
}

/** Why a game cannot be entered, and the ways out. */
export function GameRefused({ refusal, onNewGame, onLeave }: GameRefusedProps) {
  const { newOnlineGame, noGame } = useWords();
  const reasons: Record<string, Reason> = noGame.reasons;
  const { what, hint } = reasons[refusal] ?? {
    what: noGame.cannotBeOpened,
    hint: noGame.serverSays(refusal),
  };

  useTitle(noGame.name);

  return (
    <section className={`card ${styles.refused}`} aria-label={noGame.name}>
      <div role="alert">
        <p className={styles.what}>{what}</p>
        <p>{hint}</p>
      </div>
      <NewGameButton name={newOnlineGame} onNewGame={onNewGame} />
      <button type="button" className="button" onClick={onLeave}>
        {noGame.toStart}
      </button>
    </section>
  );
}
