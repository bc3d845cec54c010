import { COLOURS, type Match, PLAYERS } from "../../game/match";
import type { Player } from "../../game/rules";
import { Disc } from "../Disc/Disc";
import styles from "./Players.module.css";

interface PlayersProps {
  match: Match;
  /** Who plays here: one player, or null for both. */
  you: Player | null;
  /** What the other player is called. */
  opponent?: string | undefined;
}

/** Who plays which colour, and whose turn it is. */
export function Players({ match, you, opponent = "Your friend" }: PlayersProps) {
  return (
    <ul className={styles.players} aria-label="Players">
      {PLAYERS.map((player) => (
        <li
          key={player}
          className={styles.player}
          aria-current={match.active && match.turn === player}
          data-won={match.winner === player ? player : undefined}
        >
          <Disc player={player} />
          {you !== null && <span>{player === you ? "You" : opponent}</span>}
          <span className={you === null ? undefined : styles.colour}>{COLOURS[player]}</span>
        </li>
      ))}
    </ul>
  );
}
