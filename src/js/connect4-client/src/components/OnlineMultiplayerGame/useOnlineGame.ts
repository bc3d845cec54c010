import { useEffect, useReducer, useRef } from "react";
import { type Api, type Game, Refused } from "../../api/client";
import { type Subscription, subscribe } from "../../api/subscription";
import { type Connection, untilReached } from "../../api/untilReached";
import { joinSettled, secretToJoin } from "../../game/joins";
import {
  moveSettled,
  type PendingMove,
  rememberMove,
  unansweredMove,
} from "../../game/pendingMoves";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import { mayMove, type OnlineGame, type OnlineNews, onlineGame, UNKNOWN_GAME } from "./onlineGame";

interface Seat {
  gameId: string;
  playerId: string;
  subscription: Subscription;
  /** Aborts when the person leaves. */
  left: AbortSignal;
  /** A move is being sent. */
  isSending: boolean;
}

/** Takes a seat in a game, or the one that this browser holds, and keeps the game up to date. */
export function useOnlineGame(
  api: Api,
  gameId: string,
): { known: OnlineGame; move(column: number): void } {
  const [known, tell] = useReducer(onlineGame, UNKNOWN_GAME);
  const seat = useRef<Seat>(null);

  useEffect(() => {
    const left = new AbortController();
    const onConnection = (connection: Connection) => tell({ type: "connection", connection });
    const onRefused = (refusal: Refused) => tell({ type: "refused", message: refusal.message });

    function onState(game: Game) {
      rememberSeat(game);
      tell({ type: "state", game });
      const move = unansweredMove(gameId);
      if (seat.current === null || seat.current.isSending || move === null) {
        return;
      }
      if (move.move === game.moves.length) {
        // Made before the person left and came back.
        send(api, seat.current, move, tell);
      } else {
        moveSettled(gameId);
      }
    }

    function takeSeat(): Promise<string> {
      const secret = secretToJoin(gameId);
      return untilReached(() => join(api, gameId, secret), onConnection, left.signal);
    }

    async function enter() {
      try {
        const playerId = rememberedSeat(gameId)?.playerId ?? (await takeSeat());
        const subscription = subscribe(api, gameId, playerId, {
          onState,
          onConnection,
          onRefused,
        });
        seat.current = { gameId, playerId, subscription, left: left.signal, isSending: false };
      } catch (error) {
        if (error instanceof Refused) {
          onRefused(error);
        } else if (!left.signal.aborted) {
          throw error;
        }
      }
    }

    enter();
    return () => {
      left.abort();
      seat.current?.subscription.close();
      seat.current = null;
    };
  }, [api, gameId]);

  function move(column: number) {
    if (known.game !== null && seat.current !== null && mayMove(known)) {
      send(api, seat.current, { column, move: known.game.moves.length }, tell);
    }
  }

  return { known, move };
}

/** Sends a move until there is an answer, or the person leaves: then again when they come back. */
async function send(api: Api, seat: Seat, move: PendingMove, tell: (news: OnlineNews) => void) {
  const { gameId, playerId, subscription, left } = seat;
  let isDoubtful = false;
  function onConnection(connection: Connection) {
    isDoubtful ||= connection === "lost";
    tell({ type: "connection", connection });
  }

  rememberMove(gameId, move);
  seat.isSending = true;
  tell({ type: "moveSent", column: move.column });
  try {
    const sent = { gameId, playerId, ...move };
    const game = await untilReached(() => api.makeMove(sent), onConnection, left);
    moveSettled(gameId);
    subscription.know(game);
  } catch (error) {
    if (error instanceof Refused) {
      moveSettled(gameId);
      isDoubtful = true;
      if (error.game !== null) {
        subscription.know(error.game);
      }
      tell({ type: "moveRefused", message: error.message });
    } else if (!left.aborted) {
      throw error;
    }
  } finally {
    seat.isSending = false;
  }
  if (isDoubtful) {
    // What kept the answer back may have broken the stream, too.
    subscription.refresh();
  }
}

/** Takes the free seat, or finds that another tab has; returns the secret of who sits there. */
async function join(api: Api, gameId: string, secret: string): Promise<string> {
  try {
    const game = await api.joinGame(gameId, secret);
    rememberSeat(game);
    joinSettled(gameId);
    return game.playerId;
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    joinSettled(gameId);
    // Perhaps the game is full because another tab of this browser was faster.
    const seat = rememberedSeat(gameId);
    if (seat === null) {
      throw error;
    }
    return seat.playerId;
  }
}
