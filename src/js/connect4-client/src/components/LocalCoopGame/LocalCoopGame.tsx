"use client";

import { useState } from "react";
import { matchOf } from "../../game/match";
import { drop, EMPTY_BOARD } from "../../game/rules";
import { rememberedLocalGame, rememberLocalGame } from "../../game/storage";
import { GameScreen } from "../GameScreen/GameScreen";

/** A game of two people at one screen; it needs no server and survives a reload. */
export function LocalCoopGame() {
  const [board, setBoard] = useState(() => rememberedLocalGame() ?? EMPTY_BOARD);
  const match = matchOf(board);

  function show(next: typeof board) {
    setBoard(next);
    rememberLocalGame(next);
  }

  return (
    <GameScreen
      match={match}
      you={null}
      canMove={match.active}
      onDrop={(column) => show(drop(board, column, match.turn))}
    >
      <button
        type="button"
        className={match.active ? "button" : "button primary"}
        onClick={() => show(EMPTY_BOARD)}
      >
        {match.active ? "Start over" : "Play again"}
      </button>
    </GameScreen>
  );
}
