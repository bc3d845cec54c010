import type { Dispatch } from "react";
import type { Computer } from "../../computer/computer";
import { type ComputerAction, type ComputerGame, canTakeBack } from "../../computer/computerGame";
import { boardAfter } from "../../game/localGame";
import { matchOf, statusOf } from "../../game/match";
import { localQuery } from "../../game/notation";
import { useWords } from "../../words/useWords";
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
  const words = useWords();
  const { level, you, moves } = game;
  const match = matchOf(boardAfter(moves));
  const isYourTurn = match.active && match.turn === you;
  const answers = useAnswers(computer, game, (column) => act({ type: "drop", column }));
  const hint = useHint(computer, moves);

  return (
    <GameScreen
      match={match}
      moves={moves}
      query={localQuery(moves)}
      mayAnalyse={!match.active}
      status={statusOf(match, you, words)}
      you={you}
      opponent={words.computer.opponent(words.computer.levels[level])}
      mover={isYourTurn ? you : null}
      notice={answers.isUnavailable || hint.isUnavailable ? words.computer.unavailable : null}
      onDrop={(column) => act({ type: "drop", column })}
    >
      <div className={styles.actions}>
        {answers.isUnavailable && (
          <button type="button" className="button primary" onClick={answers.retry}>
            {words.tryAgain}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={!canTakeBack(game)}
          onClick={() => act({ type: "takeBack" })}
        >
          {words.takeBack}
        </button>
        {match.active ? (
          <button type="button" className="button" disabled={!isYourTurn} onClick={hint.ask}>
            {words.computer.hint}
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            onClick={() => act({ type: "start", level, you })}
          >
            {words.playAgain}
          </button>
        )}
        <button type="button" className="button" onClick={() => act({ type: "leave" })}>
          {words.computer.newGame}
        </button>
      </div>
      <p aria-live="polite" className={styles.hint}>
        {hint.text}
      </p>
    </GameScreen>
  );
}
