import { useEffect, useReducer, useRef } from "react";
import { type Api, type Game, Refused } from "../../api/client";
import { type Subscription, subscribe } from "../../api/subscription";
import { type Connection, untilReached } from "../../api/untilReached";
import { joinSettled, secretToJoin } from "../../game/joins";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import { mayMove, type OnlineGame, onlineGame, UNKNOWN_GAME } from "./onlineGame";

interface Seat {
  subscription: Subscription;
  /** Aborts when the person leaves. */
  left: AbortSignal;
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
      if (!game.active) {
        rememberSeat(game);
      }
      tell({ type: "state", game });
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
        seat.current = { subscription, left: left.signal };
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

  async function move(column: number) {
    const { game } = known;
    if (game === null || seat.current === null || !mayMove(known)) {
      return;
    }
    const { subscription, left } = seat.current;
    const sent = { gameId, playerId: game.playerId, column, move: game.moves.length };
    let isDoubtful = false;
    function onConnection(connection: Connection) {
      isDoubtful ||= connection === "lost";
      tell({ type: "connection", connection });
    }

    tell({ type: "moveSent", column });
    try {
      subscription.know(await untilReached(() => api.makeMove(sent), onConnection, left));
    } catch (error) {
      if (error instanceof Refused) {
        isDoubtful = true;
        if (error.game !== null) {
          subscription.know(error.game);
        }
        tell({ type: "moveRefused", message: error.message });
      } else if (!left.aborted) {
        throw error;
      }
    }
    if (isDoubtful) {
      // What kept the answer back may have broken the stream, too.
      subscription.refresh();
    }
  }

  return { known, move };
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
