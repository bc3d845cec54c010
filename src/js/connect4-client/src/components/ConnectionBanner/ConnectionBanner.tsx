import { useState } from "react";
import type { Connection } from "../../api/untilReached";
import { useWords } from "../../words/useWords";
import styles from "./ConnectionBanner.module.css";

/** Says that the server cannot be reached; that it is back is told to those who do not see it go. */
export function ConnectionBanner({ connection }: { connection: Connection }) {
  const { online } = useWords();
  const [wasLost, setWasLost] = useState(false);
  if (connection === "lost" && !wasLost) {
    setWasLost(true);
  }

  return (
    <div role="status" className={styles.place}>
      {connection === "lost" ? (
        <p className={styles.banner}>{online.connectionLost}</p>
      ) : (
        wasLost && <p className="visually-hidden">{online.connected}</p>
      )}
    </div>
  );
}
