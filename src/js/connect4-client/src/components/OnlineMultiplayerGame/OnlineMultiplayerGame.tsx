import { useState } from "react";
import type { Api, Wishes } from "../../api/client";
import type { WatchedGame } from "../../api/game";
import { called, otherThan, PLAYERS, statusOf } from "../../game/match";
import { isSeatKept } from "../../game/seats";
import { scoreOf } from "../../game/series";
import type { Words } from "../../words/en";
import { useWords } from "../../words/useWords";
import { ConnectionBanner } from "../ConnectionBanner/ConnectionBanner";
import { GameRefused } from "../GameRefused/GameRefused";
import { GameScreen } from "../GameScreen/GameScreen";
import { Invitation } from "../Invitation/Invitation";
import { Invited } from "../Invited/Invited";
import { SeatLink } from "../SeatLink/SeatLink";
import { AboutGame } from "./AboutGame";
import styles from "./OnlineMultiplayerGame.module.css";
import { mayMove, type OnlineGame } from "./onlineGame";
import { PlayersActs } from "./PlayersActs";
import { useFocusAfter } from "./useFocusAfter";
import { useOnlineGame } from "./useOnlineGame";
import { useTurnCall } from "./useTurnCall";

interface OnlineMultiplayerGameProps {
  api: Api;
  gameId: string;
  /** Creates a game and goes there; throws Unreachable or Refused. */
  onNewGame(wishes?: Wishes): Promise<void>;
  /** Goes to the next game of the series. */
  onNext(gameId: string): void;
  onLeave(): void;
}

/** A game over the network, from the invitation to the end, for its players and for watchers. */
export function OnlineMultiplayerGame(props: OnlineMultiplayerGameProps) {
  const { api, gameId, onNewGame, onNext, onLeave } = props;
  const words = useWords();
  const { known, join, move, act, follow } = useOnlineGame(api, gameId, onNext);
  const { game, presence, pending, connection, refusal, acting } = known;
  const [isWatching, setIsWatching] = useState(false);
  useFocusAfter(acting !== null);
  useTurnCall(gameId, game?.version ?? null, game && callFor(game, words));

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
  const score = scoreOf(game);
  const isBusy = acting !== null;
  const isWaiting = game.playerCount < 2;

  function status(): string {
    if (!isWaiting) {
      return statusOf(match, you, words);
    }
    if (you !== null) {
      return words.online.waiting;
    }
    return isWatching ? words.invited.waiting : invitationOf(game as WatchedGame, words);
  }

  function invitation() {
    // Nobody else can take a seat in a game that follows another.
    if (!isWaiting || game?.previousGameId !== null) {
      return undefined;
    }
    return you !== null ? (
      <Invitation gameId={gameId} networkUrl={api.networkUrl} />
    ) : (
      <Invited
        game={game}
        isBusy={isBusy}
        onJoin={join}
        onWatch={isWatching ? null : () => setIsWatching(true)}
      />
    );
  }

  return (
    <>
      <ConnectionBanner connection={connection} />
      <GameScreen
        match={match}
        moves={game.moves}
        opening={game.opening}
        query={`?game=${gameId}`}
        mayAnalyse={!game.active}
        status={status()}
        greeting={score.game > 1 ? words.series.game(score.game) : undefined}
        you={you}
        wins={score.isOpen ? undefined : score.wins}
        away={PLAYERS.filter((player) => player !== you && presence?.players[player - 1] === false)}
        mover={mayMove(known) ? you : null}
        pending={pending && you && { player: you, column: pending.column }}
        notice={noticeOf(known, words)}
        onDrop={move}
        invitation={invitation()}
      >
        {game.active && game.playerId !== null && !isSeatKept(gameId) && (
          <SeatLink gameId={gameId} playerId={game.playerId} />
        )}
        {!isWaiting && (
          <PlayersActs
            game={game}
            match={match}
            presence={presence}
            isBusy={isBusy}
            act={act}
            onNext={follow}
          />
        )}
        <AboutGame game={game} watchers={presence?.watchers ?? 0} draws={score.draws} />
      </GameScreen>
    </>
  );
}

/** What the other player did that this one wants to hear of; null if that was nothing. */
function callFor(game: WatchedGame, words: Words): string | null {
  const { playerNumber: you, activePlayer, winner, ending } = game;
  if (you === null || game.playerCount < 2) {
    return null;
  }
  const other = otherThan(you);
  if (game.rematchOfferedBy === other) {
    return words.series.wants(called(other, game, words));
  }
  if (game.drawOfferedBy === other) {
    return words.leaving.offers(called(other, game, words));
  }
  const isOver = ending === "resigned" ? winner === you : ending === "abandoned" && winner !== you;
  return isOver || activePlayer === you
    ? statusOf({ ...game, turn: activePlayer }, you, words)
    : null;
}

function invitationOf(game: WatchedGame, words: Words): string {
  const { invited } = words;
  return game.names[0] == null ? invited.invited : invited.invites(called(1, game, words));
}

/** What went wrong with what the person did last. */
function noticeOf({ refusedMove, refusedAct }: OnlineGame, { names, online }: Words) {
  if (refusedMove !== null) {
    const moves: Record<string, string> = online.refusedMoves;
    return moves[refusedMove] ?? online.refused(refusedMove);
  }
  if (refusedAct === null) {
    return null;
  }
  if (refusedAct.isOfName) {
    return names.refused;
  }
  const acts: Record<string, string> = online.refusedActs;
  const { message, status } = refusedAct;
  return acts[message] ?? (status === 404 ? online.notYet : online.refused(message));
}
