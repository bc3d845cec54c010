import { useEffect, useState } from "react";
import { useWords } from "../../words/useWords";
import { ActButton } from "../ActButton/ActButton";
import { Actions, Prompt } from "../Prompt/Prompt";
import styles from "./Absence.module.css";

interface AbsenceProps {
  /** What the other player is called. */
  who: string;
  /** Since when they have been away, by this device's clock; null if they are there. */
  goneSince: number | null;
  isBusy: boolean;
  onClaim(): void;
}

/** How long somebody has to be gone, as the server has it. */
const CLAIM_AFTER_MS = 60_000;

/** Says that the other player is away, and after a minute offers to claim the win. */
export function Absence({ who, goneSince, isBusy, onClaim }: AbsenceProps) {
  const { leaving } = useWords();
  const now = useSeconds(goneSince !== null);
  if (goneSince === null) {
    return <Prompt text="" />;
  }
  const left = Math.ceil((goneSince + CLAIM_AFTER_MS - now) / 1000);
  return (
    <Prompt text={left > 0 ? leaving.isAway(who) : leaving.mayClaim(who)}>
      {left > 0 ? (
        // Not spoken: it changes every second.
        <p className={styles.countdown} aria-hidden="true">
          {leaving.claimIn(left)}
        </p>
      ) : (
        <Actions>
          <ActButton name={leaving.claim} isBusy={isBusy} onAct={onClaim} />
        </Actions>
      )}
    </Prompt>
  );
}

/** The time, every second while it is wanted. */
function useSeconds(isWanted: boolean): number {
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    if (!isWanted) {
      return;
    }
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [isWanted]);

  return now;
}
