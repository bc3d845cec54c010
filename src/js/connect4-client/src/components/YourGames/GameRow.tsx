import type { Seat } from "../../game/seats";
import type { Words } from "../../words/en";
import { useWords } from "../../words/useWords";
import { Disc } from "../Disc/Disc";
import { LocalTime } from "../LocalTime/LocalTime";
import styles from "./YourGames.module.css";

interface GameRowProps {
  seat: Seat;
  onOpen(gameId: string): void;
  onRemove(seat: Seat): void;
}

/** One of the games: how it stands or has ended, against whom, and since when. */
export function GameRow({ seat, onOpen, onRemove }: GameRowProps) {
  const words = useWords();
  const { gameId, created, standing } = seat;
  const state = stateInWords(seat, words);

  return (
    <>
      <button
        type="button"
        className={`button ${styles.open}`}
        data-your-turn={isYourTurn(seat) || undefined}
        onClick={() => onOpen(gameId)}
      >
        {standing && <Disc player={standing.playerNumber} />}
        <span>
          {state && <span className={styles.state}>{state}</span>}
          <span className={styles.created}>
            {words.start.created} <LocalTime at={created} />
          </span>
        </span>
      </button>
      <button
        type="button"
        className="button"
        aria-label={words.yourGames.remove(words.moment(new Date(created)))}
        title={words.yourGames.removeShort}
        onClick={() => onRemove(seat)}
      >
        <span aria-hidden="true">✕</span>
      </button>
    </>
  );
}

function isYourTurn({ standing, gone }: Seat): boolean {
  return (
    standing !== undefined &&
    !gone &&
    standing.active &&
    standing.playerCount === 2 &&
    standing.activePlayer === standing.playerNumber
  );
}

function stateInWords(seat: Seat, words: Words): string | null {
  const { standing, gone } = seat;
  if (gone) {
    return words.yourGames.gone;
  }
  if (standing === undefined) {
    return null;
  }
  if (standing.playerCount < 2) {
    return words.online.waiting;
  }
  if (standing.active) {
    return isYourTurn(seat)
      ? words.game.yourTurn
      : words.game.turn(words.colours[standing.activePlayer]);
  }
  if (standing.winner === null) {
    return words.game.draw;
  }
  return standing.winner === standing.playerNumber ? words.game.youWon : words.game.youLost;
}
