import { type Match, PLAYERS } from "../../game/match";
import type { Player } from "../../game/rules";
import { useWords } from "../../words/useWords";
import { Disc } from "../Disc/Disc";
import styles from "./Players.module.css";

interface PlayersProps {
  match: Match;
  /** Who plays here: one player, or null for both, or for others. */
  you: Player | null;
  /** What the other player is called; a friend, if nothing is said. */
  opponent?: string | undefined;
  /** Games won by players 1 and 2, in a series. */
  wins?: readonly number[] | undefined;
  /** Who has left, for now. */
  away?: readonly Player[] | undefined;
}

/** Who plays which colour, whose turn it is, and how a series stands. */
export function Players({ match, you, opponent, wins, away = [] }: PlayersProps) {
  const { colours, game, series } = useWords();

  function whoIs(player: Player): string | null {
    if (you === null) {
      return null;
    }
    return player === you ? game.you : (opponent ?? game.friend);
  }

  function detailsOf(player: Player): string {
    const isNamed = (match.names?.[player - 1] ?? null) !== null;
    const details = [
      ...(isNamed && player === you ? [game.you] : []),
      colours[player],
      ...(away.includes(player) ? [game.away] : []),
    ];
    return details.join(" · ");
  }

  return (
    <ul className={styles.players} aria-label={game.players}>
      {PLAYERS.map((player) => {
        const name = match.names?.[player - 1] ?? whoIs(player);
        return (
          <li
            key={player}
            className={styles.player}
            aria-current={match.active && match.turn === player}
            data-won={match.winner === player ? player : undefined}
          >
            <Disc player={player} />
            {name !== null && <bdi className={styles.name}>{name}</bdi>}
            <span className={name === null ? undefined : styles.colour}>{detailsOf(player)}</span>
            {wins !== undefined && (
              <span className={styles.wins}>
                <span aria-hidden="true">{wins[player - 1]}</span>
                <span className="visually-hidden">{series.wins(wins[player - 1] ?? 0)}</span>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
