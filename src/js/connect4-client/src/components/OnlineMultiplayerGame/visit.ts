/** A person's visit to an online game: as one of its players, or to watch. */

import { type Act, type Api, Refused } from "../../api/client";
import { type Game, isPlayers, type WatchedGame } from "../../api/game";
import { type Subscription, subscribe } from "../../api/subscription";
import { type Connection, untilReached } from "../../api/untilReached";
import { isJoining, joinSettled, secretToJoin } from "../../game/joins";
import {
  moveSettled,
  type PendingMove,
  rememberMove,
  unansweredMove,
} from "../../game/pendingMoves";
import { keptName } from "../../game/playerName";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import type { OnlineNews } from "./onlineGame";

export interface Visit {
  /** Takes the free seat. */
  join(): void;
  move(column: number): void;
  act(act: Act): void;
  /** Goes to the next game of the series. */
  follow(nextGameId: string): void;
  leave(): void;
}

/**
 * Enters a game with the seat that this browser holds, or to watch, and tells what happens there.
 *
 * When the next game of a series begins, `onNext` is called with its id, and the visit is over.
 */
export function visit(
  api: Api,
  gameId: string,
  tell: (news: OnlineNews) => void,
  onNext: (gameId: string) => void,
): Visit {
  const left = new AbortController();
  let playerId: string | null = null;
  let known: WatchedGame | null = null;
  let subscription: Subscription | null = null;
  let isMoving = false;

  const onConnection = (connection: Connection) => tell({ type: "connection", connection });

  function watchAs(player: string | null) {
    subscription?.close();
    playerId = player;
    subscription = subscribe(api, gameId, player, {
      onState,
      onPresence: (presence) => tell({ type: "presence", presence }),
      onConnection,
      onRefused: ({ message }) => tell({ type: "refused", message }),
    });
  }

  function onState(game: WatchedGame) {
    const before = known;
    known = game;
    tell({ type: "state", game });
    if (isPlayers(game)) {
      rememberSeat(game);
      moveAgain(game);
    } else if (rememberedSeat(gameId) !== null) {
      // Another tab of this browser has taken it.
      enter();
    }
    // Who comes back to a game that was over before is not taken away from it.
    if (before?.nextGameId === null && game.nextGameId !== null) {
      follow(game.nextGameId);
    }
  }

  function enter() {
    const seat = rememberedSeat(gameId);
    if (seat === null && isJoining(gameId)) {
      join();
    } else {
      watchAs(seat?.playerId ?? null);
    }
  }

  function leave() {
    left.abort();
    subscription?.close();
  }

  /** Sends something until there is an answer, or the person leaves. */
  async function send<T>(
    ask: () => Promise<T>,
    onAnswer: (answer: T) => void,
    onRefused: (refusal: Refused) => void,
  ) {
    let isDoubtful = false;
    function onTried(connection: Connection) {
      isDoubtful ||= connection === "lost";
      onConnection(connection);
    }
    try {
      onAnswer(await untilReached(ask, onTried, left.signal));
    } catch (error) {
      if (error instanceof Refused) {
        isDoubtful = true;
        onRefused(error);
      } else if (!left.signal.aborted) {
        throw error;
      }
    }
    if (isDoubtful) {
      // What kept the answer back may have broken the stream, too.
      subscription?.refresh();
    }
  }

  function join() {
    const secret = secretToJoin(gameId);
    tell({ type: "actSent", act: "join" });
    send(
      () => api.joinGame(gameId, secret, keptName()),
      (game) => {
        rememberSeat(game);
        joinSettled(gameId);
        tell({ type: "actAnswered" });
        enter();
      },
      (refusal) => {
        joinSettled(gameId);
        tell({ type: "actRefused", refusal });
        if (subscription === null || rememberedSeat(gameId) !== null) {
          enter();
        }
      },
    );
  }

  function move(column: number) {
    if (known !== null) {
      sendMove({ column, move: known.moves.length });
    }
  }

  /** Makes a move that was made before the person left and came back, and that had no answer. */
  function moveAgain(game: Game) {
    const move = unansweredMove(gameId);
    if (move === null || isMoving) {
      return;
    }
    if (move.move === game.moves.length) {
      sendMove(move);
    } else {
      moveSettled(gameId);
    }
  }

  async function sendMove(move: PendingMove) {
    if (playerId === null) {
      return;
    }
    const sent = { gameId, playerId, ...move };
    rememberMove(gameId, move);
    isMoving = true;
    tell({ type: "moveSent", column: move.column });
    await send(
      () => api.makeMove(sent),
      (game) => {
        moveSettled(gameId);
        subscription?.know(game);
      },
      ({ game, message }) => {
        moveSettled(gameId);
        if (game !== null) {
          subscription?.know(game);
        }
        tell({ type: "moveRefused", message });
      },
    );
    isMoving = false;
  }

  function act(act: Act) {
    if (playerId === null) {
      return;
    }
    const seat = { gameId, playerId };
    tell({ type: "actSent", act });
    send(
      () => api.act(act, seat),
      (game) => {
        if (act === "rematch") {
          onRematch(game);
        } else {
          subscription?.know(game);
        }
        tell({ type: "actAnswered" });
      },
      (refusal) => tell({ type: "actRefused", refusal }),
    );
  }

  /** The player has a seat in the next game; perhaps the other one has not. */
  function onRematch(next: Game) {
    rememberSeat(next);
    if (next.playerCount === 2) {
      goTo(next.gameId);
    } else {
      // The news may have ended with the game.
      watchAs(playerId);
    }
  }

  /** Follows the game to the next one of its series, where a player has a seat, too. */
  function follow(nextGameId: string) {
    if (playerId === null || rememberedSeat(nextGameId) !== null) {
      goTo(nextGameId);
    } else {
      act("rematch");
    }
  }

  function goTo(nextGameId: string) {
    if (!left.signal.aborted) {
      leave();
      onNext(nextGameId);
    }
  }

  enter();
  return { join, move, act, follow, leave };
}
