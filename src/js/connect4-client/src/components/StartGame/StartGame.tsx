import { type FormEvent, useId, useState } from "react";
import type { Api, Wishes } from "../../api/client";
import { gameIdIn } from "../../game/link";
import type { Player } from "../../game/rules";
import { useTitle } from "../../words/useTitle";
import { useWords } from "../../words/useWords";
import { Disc } from "../Disc/Disc";
import { LanguageChoice } from "../LanguageChoice/LanguageChoice";
import { NewOnlineGame } from "../NewOnlineGame/NewOnlineGame";
import { Settings } from "../Settings/Settings";
import { YourGames } from "../YourGames/YourGames";
import styles from "./StartGame.module.css";

interface StartGameProps {
  /** Null while the page is as it was built: without what only this browser knows. */
  api: Api | null;
  /** Creates an online game and goes there; throws Unreachable or Refused. */
  onNewGame(wishes: Wishes): Promise<void>;
  onOpen(gameId: string): void;
  onLocal(): void;
  onComputer(): void;
}

const HERO: readonly { place: number; player: Player }[] = [
  { place: 1, player: 1 },
  { place: 2, player: 2 },
  { place: 3, player: 1 },
  { place: 4, player: 2 },
];

/** The first screen: a new online game, a friend's game, one at this screen, and this browser’s games. */
export function StartGame({ api, onNewGame, onOpen, onLocal, onComputer }: StartGameProps) {
  const { name, playComputer, start } = useWords();
  useTitle();
  const id = useId();
  const [isNoGame, setIsNoGame] = useState(false);

  function join(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const gameId = gameIdIn(String(new FormData(event.currentTarget).get("game")));
    setIsNoGame(gameId === null);
    if (gameId !== null) {
      onOpen(gameId);
    }
  }

  return (
    <div className={api === null ? styles.start : `${styles.start} ${styles.again}`}>
      <div className={styles.hero}>
        <div className={styles.discs} aria-hidden="true">
          {HERO.map(({ place, player }) => (
            <span key={place}>
              <Disc player={player} />
            </span>
          ))}
        </div>
        <h1>{name}</h1>
        <p>{start.welcome}</p>
      </div>

      <div className={`card ${styles.choices}`}>
        <NewOnlineGame onNewGame={onNewGame} />

        <form className={styles.join} onSubmit={join}>
          <label htmlFor={id}>{start.gameToJoin}</label>
          <div>
            <input
              id={id}
              name="game"
              className="field"
              required
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              aria-invalid={isNoGame}
              aria-describedby={isNoGame ? `${id}-problem` : undefined}
            />
            <button type="submit" className="button">
              {start.join}
            </button>
          </div>
          <p id={`${id}-problem`} role="alert" className={styles.problem}>
            {isNoGame && start.noGame}
          </p>
        </form>

        <p className={styles.or}>{start.or}</p>

        <div className={styles.others}>
          <button type="button" className="button" onClick={onLocal}>
            {start.localGame}
          </button>
          <button type="button" className="button" onClick={onComputer}>
            {playComputer}
          </button>
        </div>
      </div>

      {api !== null && <YourGames api={api} onOpen={onOpen} />}

      <footer className={styles.footer}>
        <LanguageChoice />
        <Settings />
      </footer>
    </div>
  );
}
