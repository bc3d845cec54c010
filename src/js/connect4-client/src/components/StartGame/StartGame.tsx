import { type FormEvent, useId, useState } from "react";
import { gameIdIn } from "../../game/link";
import type { Player } from "../../game/rules";
import { unfinishedGames } from "../../game/seats";
import { useTitle } from "../../words/useTitle";
import { useWords } from "../../words/useWords";
import { Disc } from "../Disc/Disc";
import { LanguageChoice } from "../LanguageChoice/LanguageChoice";
import { LocalTime } from "../LocalTime/LocalTime";
import { NewGameButton } from "../NewGameButton/NewGameButton";
import { Settings } from "../Settings/Settings";
import styles from "./StartGame.module.css";

interface StartGameProps {
  /** Creates an online game and goes there; throws Unreachable or Refused. */
  onNewGame(): Promise<void>;
  onOpen(gameId: string): void;
  onLocal(): void;
  onComputer(): void;
  /** As the site is built, without what only this browser knows. */
  isAsBuilt?: boolean;
}

const GAMES_SHOWN = 3;
const HERO: readonly { place: number; player: Player }[] = [
  { place: 1, player: 1 },
  { place: 2, player: 2 },
  { place: 3, player: 1 },
  { place: 4, player: 2 },
];

/** The first screen: a new online game, a friend's game, one at this screen, or one to go on with. */
export function StartGame(props: StartGameProps) {
  const { onNewGame, onOpen, onLocal, onComputer, isAsBuilt = false } = props;
  const { name, newOnlineGame, playComputer, start } = useWords();
  useTitle();
  const id = useId();
  const [isNoGame, setIsNoGame] = useState(false);
  const [unfinished] = useState(() => (isAsBuilt ? [] : unfinishedGames(Date.now(), GAMES_SHOWN)));

  function join(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const gameId = gameIdIn(String(new FormData(event.currentTarget).get("game")));
    setIsNoGame(gameId === null);
    if (gameId !== null) {
      onOpen(gameId);
    }
  }

  return (
    <div className={isAsBuilt ? styles.start : `${styles.start} ${styles.again}`}>
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
        <NewGameButton name={newOnlineGame} onNewGame={onNewGame} />

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

      {unfinished.length > 0 && (
        <section className={styles.unfinished} aria-labelledby={`${id}-unfinished`}>
          <h2 id={`${id}-unfinished`}>{start.goOn}</h2>
          <ul>
            {unfinished.map(({ gameId, created }) => (
              <li key={gameId}>
                <button type="button" className="button" onClick={() => onOpen(gameId)}>
                  <span>
                    {start.created} <LocalTime at={created} />
                  </span>
                  <span aria-hidden="true">→</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}

      <footer className={styles.footer}>
        <LanguageChoice />
        <Settings />
      </footer>
    </div>
  );
}
