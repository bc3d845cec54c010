import type { WatchedGame } from "../../api/game";
import { called, type Match } from "../../game/match";
import { useWords } from "../../words/useWords";
import { ActButton } from "../ActButton/ActButton";
import { Prompt } from "../Prompt/Prompt";

interface RematchProps {
  /** Over. */
  game: WatchedGame;
  match: Match;
  isBusy: boolean;
  /** Offers another game, or accepts one. */
  onRematch(): void;
  onNext(gameId: string): void;
}

/** The way to the next game of a series. */
export function Rematch({ game, match, isBusy, onRematch, onNext }: RematchProps) {
  const words = useWords();
  const { playerNumber: you, rematchOfferedBy, nextGameId } = game;

  function offer(): string {
    if (nextGameId !== null) {
      return words.series.nextBegan;
    }
    if (rematchOfferedBy === null) {
      return "";
    }
    return rematchOfferedBy === you
      ? words.series.youWant
      : words.series.wants(called(rematchOfferedBy, match, words));
  }

  const mayAsk = you !== null && rematchOfferedBy !== you;
  return (
    <>
      <Prompt text={offer()} />
      {nextGameId !== null ? (
        <ActButton
          name={words.series.next}
          isPrimary
          isBusy={isBusy}
          onAct={() => onNext(nextGameId)}
        />
      ) : (
        mayAsk && <ActButton name={words.playAgain} isPrimary isBusy={isBusy} onAct={onRematch} />
      )}
    </>
  );
}
