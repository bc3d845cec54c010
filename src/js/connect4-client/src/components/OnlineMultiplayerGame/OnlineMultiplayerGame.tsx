import type { Api } from "../../api/client";
import { statusOf } from "../../game/match";
import { isSeatKept } from "../../game/seats";
import { useWords } from "../../words/useWords";
import { ConnectionBanner } from "../ConnectionBanner/ConnectionBanner";
import { GameRefused } from "../GameRefused/GameRefused";
import { GameScreen } from "../GameScreen/GameScreen";
import { Invitation } from "../Invitation/Invitation";
import { LocalTime } from "../LocalTime/LocalTime";
import { NewGameButton } from "../NewGameButton/NewGameButton";
import { SeatLink } from "../SeatLink/SeatLink";
import styles from "./OnlineMultiplayerGame.module.css";
import { mayMove } from "./onlineGame";
import { useOnlineGame } from "./useOnlineGame";

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
  const { game, lastMove, pending, connection, refusal, refusedMove } = known;

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
        status={isWaiting ? words.online.waiting : statusOf(match, you, words)}
        you={you}
        mover={mayMove(known) ? you : null}
        lastMove={lastMove}
        pending={pending && { player: you, column: pending.column }}
        notice={refusedMove && (refusedMoves[refusedMove] ?? words.online.refused(refusedMove))}
        onDrop={move}
        invitation={
          isWaiting ? <Invitation gameId={gameId} networkUrl={api.networkUrl} /> : undefined
        }
      >
        {game.active && !isSeatKept(gameId) && (
          <SeatLink gameId={gameId} playerId={game.playerId} />
        )}
        {!game.active && <NewGameButton name={words.playAgain} onNewGame={onNewGame} />}
        <p className={styles.created}>
          {words.online.created} <LocalTime at={game.created} />
        </p>
      </GameScreen>
    </>
  );
}
