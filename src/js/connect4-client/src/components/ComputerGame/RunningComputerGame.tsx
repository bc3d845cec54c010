import type { Dispatch } from "react";
import type { Computer } from "../../computer/computer";
import { type ComputerAction, type ComputerGame, canTakeBack } from "../../computer/computerGame";
import { LEVELS } from "../../computer/levels";
import { boardAfter, lastMoveOf } from "../../game/localGame";
import { matchOf, statusOf } from "../../game/match";
import { AnalysisButton } from "../Analysis/AnalysisButton";
import { GameScreen } from "../GameScreen/GameScreen";
import styles from "./ComputerGame.module.css";
import { useAnswers } from "./useAnswers";
import { useHint } from "./useHint";

interface RunningComputerGameProps {
  game: ComputerGame;
  act: Dispatch<ComputerAction>;
  computer: Computer;
}

/** A game against the computer, with hints, and moves that can be taken back. */
export function RunningComputerGame({ game, act, computer }: RunningComputerGameProps) {
  const { level, you, moves } = game;
  const match = matchOf(boardAfter(moves));
  const isYourTurn = match.active && match.turn === you;
  const levelName = LEVELS.find((one) => one.level === level)?.name;
  const answers = useAnswers(computer, game, (column) => act({ type: "drop", column }));
  const hint = useHint(computer, moves);

  return (
    <GameScreen
      match={match}
      status={statusOf(match, you)}
      you={you}
      opponent={`Computer, ${levelName?.toLowerCase()}`}
      mover={isYourTurn ? you : null}
      lastMove={lastMoveOf(moves)}
      notice={
        answers.isUnavailable || hint.isUnavailable
          ? "The computer could not be loaded. Look at your network and try again."
          : null
      }
      onDrop={(column) => act({ type: "drop", column })}
    >
      <div className={styles.actions}>
        {answers.isUnavailable && (
          <button type="button" className="button primary" onClick={answers.retry}>
            Try again
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={!canTakeBack(game)}
          onClick={() => act({ type: "takeBack" })}
        >
          Take back
        </button>
        {match.active ? (
          <button type="button" className="button" disabled={!isYourTurn} onClick={hint.ask}>
            Hint
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            onClick={() => act({ type: "start", level, you })}
          >
            Play again
          </button>
        )}
        <button type="button" className="button" onClick={() => act({ type: "leave" })}>
          New game
        </button>
      </div>
      <p aria-live="polite" className={styles.hint}>
        {hint.text}
      </p>
      {!match.active && <AnalysisButton moves={moves} />}
    </GameScreen>
  );
}
