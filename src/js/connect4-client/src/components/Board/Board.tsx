"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import {
  type Board as Cells,
  COLUMNS,
  lastMove,
  type Player,
  winningCells,
} from "../../game/rules";
import { Column } from "../Column/Column";
import styles from "./Board.module.css";

interface BoardProps {
  board: Cells;
  /** Whose disc the person here may drop, or null while it is not their turn. */
  mover: Player | null;
  onDrop(column: number): void;
}

const INDICES = Array.from({ length: COLUMNS }, (_, column) => column);

/**
 * The board. Columns are buttons: arrow keys move between them, Enter drops, and the keys 1 to 7
 * drop from anywhere on the page.
 */
export function Board({ board, mover, onDrop }: BoardProps) {
  const [current, setCurrent] = useState(Math.floor(COLUMNS / 2));
  const [shown, setShown] = useState({ board, before: board });
  const element = useRef<HTMLDivElement>(null);
  if (shown.board !== board) {
    setShown({ board, before: shown.board });
  }

  useEffect(() => {
    function dropByNumber(event: globalThis.KeyboardEvent) {
      const typing = event.target instanceof HTMLInputElement;
      const column = Number(event.key) - 1;
      if (typing || event.ctrlKey || event.metaKey || event.altKey || !INDICES.includes(column)) {
        return;
      }
      element.current?.querySelector<HTMLElement>(`[data-column="${column}"]`)?.click();
    }
    document.addEventListener("keydown", dropByNumber);
    return () => document.removeEventListener("keydown", dropByNumber);
  }, []);

  function moveFocus(event: KeyboardEvent) {
    const next = {
      ArrowLeft: Math.max(0, current - 1),
      ArrowRight: Math.min(COLUMNS - 1, current + 1),
      Home: 0,
      End: COLUMNS - 1,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      element.current?.querySelector<HTMLElement>(`[data-column="${next}"]`)?.focus();
    }
  }

  const winning = winningCells(board);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      ref={element}
      className={styles.board}
      role="group"
      aria-label="Board"
      onKeyDown={moveFocus}
    >
      {INDICES.map((column) => (
        <Column
          key={column}
          board={board}
          column={column}
          mover={mover}
          winning={winning}
          fresh={lastMove(shown.before, board)}
          tabIndex={column === current ? 0 : -1}
          onDrop={onDrop}
          onFocus={setCurrent}
        />
      ))}
    </div>
  );
}
