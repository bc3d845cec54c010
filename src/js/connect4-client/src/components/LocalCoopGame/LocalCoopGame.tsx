import { useEffect, useReducer } from "react";
import {
  boardAfter,
  lastMoveOf,
  localGame,
  rememberedLocalGame,
  rememberLocalGame,
} from "../../game/localGame";
import { matchOf, statusOf } from "../../game/match";
import { useWords } from "../../words/useWords";
import { AnalysisButton } from "../Analysis/AnalysisButton";
import { GameScreen } from "../GameScreen/GameScreen";
import styles from "./LocalCoopGame.module.css";

/** A game of two people at one screen; it needs no server and survives a reload. */
export function LocalCoopGame() {
  const words = useWords();
  const [moves, act] = useReducer(localGame, undefined, rememberedLocalGame);
  const match = matchOf(boardAfter(moves));

  useEffect(() => rememberLocalGame(moves), [moves]);

  return (
    <GameScreen
      match={match}
      status={statusOf(match, null, words)}
      you={null}
      mover={match.active ? match.turn : null}
      lastMove={lastMoveOf(moves)}
      onDrop={(column) => act({ type: "drop", column })}
    >
      <div className={styles.actions}>
        <button
          type="button"
          className="button"
          disabled={moves.length === 0}
          onClick={() => act({ type: "undo" })}
        >
          {words.takeBack}
        </button>
        <button
          type="button"
          className={match.active ? "button" : "button primary"}
          onClick={() => act({ type: "restart" })}
        >
          {match.active ? words.game.startOver : words.playAgain}
        </button>
      </div>
      <AnalysisButton moves={moves} />
    </GameScreen>
  );
}
