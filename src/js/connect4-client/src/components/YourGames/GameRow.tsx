import { called, type Outcome, otherThan, statusOf } from "../../game/match";
import { isolated } from "../../game/playerName";
import type { Seat, Standing } from "../../game/seats";
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
  const opponent = standing?.names?.[otherThan(standing.playerNumber) - 1] ?? null;

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
          {opponent !== null && (
            <span className={styles.opponent}>{words.yourGames.against(isolated(opponent))}</span>
          )}
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
        <span aria-hidden="true">×</span>
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
  const { playerNumber: you } = standing;
  const match = outcomeOf(standing);
  return standing.active && !isYourTurn(seat)
    ? words.game.turn(called(match.turn, match, words))
    : statusOf(match, you, words);
}

function outcomeOf({ activePlayer, ...standing }: Standing): Outcome {
  return { ...standing, turn: activePlayer };
}
