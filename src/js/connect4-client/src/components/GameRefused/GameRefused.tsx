import { NewGameButton } from "../NewGameButton/NewGameButton";
import styles from "./GameRefused.module.css";

interface GameRefusedProps {
  /** The server's reason. */
  refusal: string;
  onNewGame(): Promise<void>;
  onLeave(): void;
}

const EXPLANATIONS: Record<string, { what: string; hint: string }> = {
  "Game is full": {
    what: "This game already has two players.",
    hint: "Ask your friend for the link to a new one, or start one yourself.",
  },
  "Game not found": {
    what: "There is no such game. Check the link.",
    hint: "Perhaps a part of it is missing, or the game is not kept any more.",
  },
  "Player not found": {
    what: "The server does not know your seat in this game.",
    hint: "Perhaps the game is not kept any more.",
  },
};

/** Why a game cannot be entered, and the ways out. */
export function GameRefused({ refusal, onNewGame, onLeave }: GameRefusedProps) {
  const { what, hint } = EXPLANATIONS[refusal] ?? {
    what: "The game cannot be opened.",
    hint: `The server says: ${refusal}.`,
  };

  return (
    <section className={`card ${styles.refused}`} aria-label="No game">
      <div role="alert">
        <p className={styles.what}>{what}</p>
        <p>{hint}</p>
      </div>
      <NewGameButton name="New online game" onNewGame={onNewGame} />
      <button type="button" className="button" onClick={onLeave}>
        Back to the start
      </button>
    </section>
  );
}
