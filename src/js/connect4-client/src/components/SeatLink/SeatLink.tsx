import { useId } from "react";
import { linkToSeat } from "../../game/link";
import { useWords } from "../../words/useWords";
import styles from "./SeatLink.module.css";

interface SeatLinkProps {
  gameId: string;
  /** The player's secret. */
  playerId: string;
}

/** Where the browser does not keep the seat: says so, with the link that does. */
export function SeatLink({ gameId, playerId }: SeatLinkProps) {
  const { online } = useWords();
  const id = useId();
  return (
    <div className={styles.seat}>
      <p id={id}>{online.seatNotKept}</p>
      <input
        className="field"
        aria-label={online.seatLink}
        aria-describedby={id}
        readOnly
        value={linkToSeat(gameId, playerId)}
        onFocus={(event) => event.target.select()}
      />
    </div>
  );
}
