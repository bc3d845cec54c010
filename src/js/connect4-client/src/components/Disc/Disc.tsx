import type { Player } from "../../game/rules";
import styles from "./Disc.module.css";

/** A disc. A ring on one and a star on the other tell them apart without their colours. */
export function Disc({ player }: { player: Player }) {
  return (
    <svg
      className={player === 1 ? styles.red : styles.yellow}
      viewBox="0 0 40 40"
      aria-hidden="true"
    >
      <circle className={styles.body} cx="20" cy="20" r="18.75" />
      {player === 1 ? (
        <circle className={styles.ring} cx="20" cy="20" r="8" />
      ) : (
        <path
          className={styles.star}
          d="M20 9.5l2.7 6.78 7.29.48-5.62 4.66 1.8 7.07L20 24.6l-6.17 3.89 1.8-7.07-5.62-4.66 7.29-.48z"
        />
      )}
    </svg>
  );
}
