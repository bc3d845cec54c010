import type { Api } from "../../api/client";
import { statusOf } from "../../game/match";
import { useWords } from "../../words/useWords";
import { ConnectionBanner } from "../ConnectionBanner/ConnectionBanner";
import { GameRefused } from "../GameRefused/GameRefused";
import { GameScreen } from "../GameScreen/GameScreen";
import { Invitation } from "../Invitation/Invitation";
import { LocalTime } from "../LocalTime/LocalTime";
import { NewGameButton } from "../NewGameButton/NewGameButton";
import styles from "./OnlineMultiplayerGame.module.css";
import { mayMove } from "./onlineGame";
import { useOnlineGame } from "./useOnlineGame";
import { useTurnCall } from "./useTurnCall";

interface OnlineMultiplayerGameProps {
  api: Api;
  gameId: string;
  /** Creates a game and goes there; throws Unreachable or Refused. */
  onNewGame(): Promise<void>;
  onLeave(): void;
}

/** A game over the network, from the invitation to the end. */
export function OnlineMultiplayerGame(props: OnlineMultiplayerGameProps) {
  const { api, gameId, onNewGame, onLeave } = props;
  const words = useWords();
  const { known, move } = useOnlineGame(api, gameId);
  const { game, pending, connection, refusal, refusedMove } = known;

  // The other has moved: it is the person's turn, or the end.
  const isCalled = game?.playerCount === 2 && game.activePlayer === game.playerNumber;
  useTurnCall(
    gameId,
    game && game.playerCount + game.moves.length,
    isCalled ? statusOf({ ...game, turn: game.activePlayer }, game.playerNumber, words) : null,
  );

  if (refusal !== null) {
    return <GameRefused refusal={refusal} onNewGame={onNewGame} onLeave={onLeave} />;
  }
  if (game === null) {
    return (
      <>
        <ConnectionBanner connection={connection} />
        <p className={styles.opening} role="status">
          {words.online.opening}
        </p>
      </>
    );
  }

  const you = game.playerNumber;
  const match = { ...game, turn: game.activePlayer };
  const refusedMoves: Record<string, string> = words.online.refusedMoves;
  const isWaiting = game.playerCount < 2;
  return (
    <>
      <ConnectionBanner connection={connection} />
      <GameScreen
        match={match}
        moves={game.moves}
        query={`?game=${gameId}`}
        mayAnalyse={!game.active}
        status={isWaiting ? words.online.waiting : statusOf(match, you, words)}
        you={you}
        mover={mayMove(known) ? you : null}
        pending={pending && { player: you, column: pending.column }}
        notice={refusedMove && (refusedMoves[refusedMove] ?? words.online.refused(refusedMove))}
        onDrop={move}
        invitation={
          isWaiting ? <Invitation gameId={gameId} networkUrl={api.networkUrl} /> : undefined
        }
      >
        {!game.active && <NewGameButton name={words.playAgain} onNewGame={onNewGame} />}
        <p className={styles.created}>
          {words.online.created} <LocalTime at={game.created} />
        </p>
      </GameScreen>
    </>
  );
}
