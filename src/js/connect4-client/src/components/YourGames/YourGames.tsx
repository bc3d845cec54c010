import { useId, useState } from "react";
import type { Api } from "../../api/client";
import { forgetSeat, keepSeat, type Seat } from "../../game/seats";
import { useWords } from "../../words/useWords";
import { GameRow } from "./GameRow";
import { useYourGames } from "./useYourGames";
import styles from "./YourGames.module.css";

interface YourGamesProps {
  api: Api;
  onOpen(gameId: string): void;
}

const SHOWN_AT_FIRST = 5;

/** The games that this browser plays or has played, and how they stand. */
export function YourGames({ api, onOpen }: YourGamesProps) {
  const words = useWords().yourGames;
  const id = useId();
  const [showsAll, setShowsAll] = useState(false);
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const games = useYourGames(api, showsAll ? Number.POSITIVE_INFINITY : SHOWN_AT_FIRST);
  const shown = showsAll ? games : games.slice(0, SHOWN_AT_FIRST);

  function remove({ gameId }: Seat) {
    forgetSeat(gameId);
    setRemoved(new Set(removed).add(gameId));
  }

  function restore(seat: Seat) {
    keepSeat(seat);
    setRemoved(new Set([...removed].filter((gameId) => gameId !== seat.gameId)));
  }

  if (games.length === 0) {
    return null;
  }
  return (
    <section className={styles.games} aria-labelledby={id}>
      <h2 id={id}>{words.name}</h2>
      <ul>
        {shown.map((seat) => (
          <li key={seat.gameId} className={styles.row}>
            {removed.has(seat.gameId) ? (
              <>
                <span role="status">{words.removed}</span>
                {/* The button that was pressed is gone, and the focus would be with it. */}
                {/* biome-ignore lint/a11y/noAutofocus: it follows what the person did. */}
                <button type="button" className="button" autoFocus onClick={() => restore(seat)}>
                  {words.undo}
                </button>
              </>
            ) : (
              <GameRow seat={seat} onOpen={onOpen} onRemove={remove} />
            )}
          </li>
        ))}
      </ul>
      {games.length > shown.length && (
        <button type="button" className="button" onClick={() => setShowsAll(true)}>
          {words.showAll(games.length)}
        </button>
      )}
    </section>
  );
}
