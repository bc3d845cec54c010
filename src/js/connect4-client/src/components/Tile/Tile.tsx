import { type CSSProperties, useState } from "react";
import type { Disc as DiscOf, Player } from "../../game/rules";
import { Disc } from "../Disc/Disc";
import styles from "./Tile.module.css";

interface TileProps {
  disc: DiscOf;
  /** Whose disc would land here if the column were chosen now. */
  preview: Player | null;
  /** The preview's disc is on its way to the server. */
  pending: boolean;
  /** Part of the winning line; null while nobody has won. */
  wins: boolean | null;
  /** The disc was dropped last. */
  last: boolean;
  /** How many rows a disc falls into this cell. */
  height: number;
}

// Free fall from one row above the board: four times as far takes twice as long.
const FIRST_ROW_MS = 170;

/** One cell of the board: a hole, and the disc in it if there is one. */
export function Tile({ disc, preview, pending, wins, last, height }: TileProps) {
  // A disc that was there when the board appeared does not fall again.
  const [settled, setSettled] = useState(disc !== 0);
  if (settled && disc === 0) {
    setSettled(false);
  }
  const fall = {
    "--height": height,
    "--duration": `${Math.round(FIRST_ROW_MS * Math.sqrt(height))}ms`,
  } as CSSProperties;

  return (
    <span className={styles.tile} data-disc={disc}>
      {disc !== 0 && (
        <span
          className={styles.disc}
          data-wins={wins || undefined}
          data-faded={wins === false || undefined}
          data-last={last || undefined}
          data-falls={!settled || undefined}
          style={settled ? undefined : fall}
        >
          <Disc player={disc} />
        </span>
      )}
      {disc === 0 && preview !== null && (
        <span className={styles.preview} data-pending={pending || undefined}>
          <Disc player={preview} />
        </span>
      )}
    </span>
  );
}
