import type { Disc } from "../../game/rules";
import styles from "./Tile.module.css";

interface TileProps {
  disc: Disc;
  /** Where a disc of this player would land. */
  preview: Disc;
  wins: boolean;
  /** How many rows the disc falls when it appears; 0 for one that was there already. */
  falls: number;
}

const KIND = { 0: "", 1: styles.red, 2: styles.yellow };

/** One cell of the board: a hole, and the disc in it if there is one. */
export function Tile({ disc, preview, wins, falls }: TileProps) {
  return (
    <span className={styles.tile} data-disc={disc}>
      {disc !== 0 && (
        <span
          className={[styles.disc, KIND[disc], wins && styles.wins, falls > 0 && styles.falling]
            .filter(Boolean)
            .join(" ")}
          style={{ "--falls": falls } as React.CSSProperties}
          data-wins={wins || undefined}
        />
      )}
      {disc === 0 && preview !== 0 && (
        <span className={`${styles.disc} ${KIND[preview]} ${styles.preview}`} />
      )}
    </span>
  );
}
