import { type FormEvent, useId, useState } from "react";
import { gameIdIn } from "../../game/link";
import type { Player } from "../../game/rules";
import { unfinishedGames } from "../../game/seats";
import { Disc } from "../Disc/Disc";
import { LocalTime } from "../LocalTime/LocalTime";
import { NewGameButton } from "../NewGameButton/NewGameButton";
import styles from "./StartGame.module.css";

interface StartGameProps {
  /** Creates an online game and goes there; throws Unreachable or Refused. */
  onNewGame(): Promise<void>;
  onOpen(gameId: string): void;
  onLocal(): void;
  onComputer(): void;
}

const GAMES_SHOWN = 3;
const HERO: readonly { place: number; player: Player }[] = [
  { place: 1, player: 1 },
  { place: 2, player: 2 },
  { place: 3, player: 1 },
  { place: 4, player: 2 },
];

/** The first screen: a new online game, a friend's game, one at this screen, or one to go on with. */
export function StartGame({ onNewGame, onOpen, onLocal, onComputer }: StartGameProps) {
  const id = useId();
  const [isNoGame, setIsNoGame] = useState(false);
  const [unfinished] = useState(() => unfinishedGames(Date.now(), GAMES_SHOWN));

  function join(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const gameId = gameIdIn(String(new FormData(event.currentTarget).get("game")));
    setIsNoGame(gameId === null);
    if (gameId !== null) {
      onOpen(gameId);
    }
  }

  return (
    <div className={styles.start}>
      <div className={styles.hero}>
        <div className={styles.discs} aria-hidden="true">
          {HERO.map(({ place, player }) => (
            <span key={place}>
              <Disc player={player} />
            </span>
          ))}
        </div>
        <h1>Connect 4</h1>
        <p>Four in a row wins. Play a friend, wherever they are.</p>
      </div>

      <div className={`card ${styles.choices}`}>
        <NewGameButton name="New online game" onNewGame={onNewGame} />

        <form className={styles.join} onSubmit={join}>
          <label htmlFor={id}>Link or id of a friend’s game</label>
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
              Join
            </button>
          </div>
          <p id={`${id}-problem`} role="alert" className={styles.problem}>
            {isNoGame && "This is no link to a game, and no game’s id."}
          </p>
        </form>

        <p className={styles.or}>or</p>

        <div className={styles.others}>
          <button type="button" className="button" onClick={onLocal}>
            Local game for two
          </button>
          <button type="button" className="button" onClick={onComputer}>
            Play the computer
          </button>
        </div>
      </div>

      {unfinished.length > 0 && (
        <section className={styles.unfinished} aria-labelledby={`${id}-unfinished`}>
          <h2 id={`${id}-unfinished`}>Go on with a game</h2>
          <ul>
            {unfinished.map(({ gameId, created }) => (
              <li key={gameId}>
                <button type="button" className="button" onClick={() => onOpen(gameId)}>
                  <span>
                    Created <LocalTime at={created} />
                  </span>
                  <span aria-hidden="true">→</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
