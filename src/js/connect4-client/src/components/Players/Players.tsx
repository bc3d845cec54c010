import { type Match, PLAYERS } from "../../game/match";
import type { Player } from "../../game/rules";
import { useWords } from "../../words/useWords";
import { Disc } from "../Disc/Disc";
import styles from "./Players.module.css";

interface PlayersProps {
  match: Match;
  /** Who plays here: one player, or null for both. */
  you: Player | null;
  /** What the other player is called; a friend, if nothing is said. */
  opponent?: string | undefined;
}

/** Who plays which colour, and whose turn it is. */
export function Players({ match, you, opponent }: PlayersProps) {
  const { colours, game } = useWords();
  return (
    <ul className={styles.players} aria-label={game.players}>
      {PLAYERS.map((player) => (
        <li
          key={player}
          className={styles.player}
          aria-current={match.active && match.turn === player}
          data-won={match.winner === player ? player : undefined}
        >
          <Disc player={player} />
          {you !== null && <span>{player === you ? game.you : (opponent ?? game.friend)}</span>}
          <span className={you === null ? undefined : styles.colour}>{colours[player]}</span>
        </li>
      ))}
    </ul>
  );
}
