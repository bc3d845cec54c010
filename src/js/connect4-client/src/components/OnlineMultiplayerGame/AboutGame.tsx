import type { WatchedGame } from "../../api/game";
import { useWords } from "../../words/useWords";
import { LocalTime } from "../LocalTime/LocalTime";
import styles from "./OnlineMultiplayerGame.module.css";

interface AboutGameProps {
  game: WatchedGame;
  watchers: number;
  /** In the series so far. */
  draws: number;
}

/** What is good to know about a game, and nobody has to act on. */
export function AboutGame({ game, watchers, draws }: AboutGameProps) {
  const { online, series } = useWords();
  const isWatching = game.playerNumber === null;
  return (
    <div className={styles.about}>
      <p aria-live="polite">
        {isWatching && `${online.watching} `}
        {watchers > Number(isWatching) && online.watchers(watchers)}
      </p>
      {game.opening > 0 && <p>{online.fairStart}</p>}
      {draws > 0 && <p>{series.draws(draws)}</p>}
      <p>
        {online.created} <LocalTime at={game.created} />
      </p>
    </div>
  );
}
