import { useState } from "react";
import { navigate } from "../../browser/address";
import { boardAfter } from "../../game/localGame";
import { matchOf, statusOf } from "../../game/match";
import { localQuery } from "../../game/notation";
import { useWords } from "../../words/useWords";
import { ConfirmDialog } from "../ConfirmDialog/ConfirmDialog";
import { EnterMoves } from "../EnterMoves/EnterMoves";
import { GameScreen } from "../GameScreen/GameScreen";
import styles from "./LocalCoopGame.module.css";
import { useLocalGame } from "./useLocalGame";

/** A game of two people at one screen; it needs no server and survives a reload. */
export function LocalCoopGame() {
  const words = useWords();
  const { moves, wrong, act } = useLocalGame();
  const [isAsking, setIsAsking] = useState(false);
  const match = matchOf(boardAfter(moves));

  function restart() {
    setIsAsking(false);
    act({ type: "restart" });
  }

  return (
    <GameScreen
      match={match}
      moves={moves}
      query={localQuery(moves)}
      mayAnalyse
      status={statusOf(match, null, words)}
      you={null}
      mover={match.active ? match.turn : null}
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
          disabled={moves.length === 0}
          onClick={match.active ? () => setIsAsking(true) : restart}
        >
          {match.active ? words.game.startOver : words.playAgain}
        </button>
      </div>
      {isAsking && (
        <ConfirmDialog
          question={words.game.reallyStartOver}
          confirm={words.game.startOver}
          onConfirm={restart}
          onCancel={() => setIsAsking(false)}
        />
      )}
      <EnterMoves
        key={wrong?.text}
        wrong={wrong}
        onEnter={(entered) => navigate(localQuery(entered))}
      />
    </GameScreen>
  );
}
