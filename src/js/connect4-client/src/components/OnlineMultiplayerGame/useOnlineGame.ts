import { useEffect, useReducer, useRef } from "react";
import { type Api, type Game, Refused, Unreachable } from "../../api/client";
import { type Subscription, subscribe } from "../../api/subscription";
import { type Connection, untilReached } from "../../api/untilReached";
import { rememberedSeat, rememberSeat } from "../../game/seats";
import { mayMove, type OnlineGame, onlineGame, UNKNOWN_GAME } from "./onlineGame";

/** Takes a seat in a game, or the one that this browser holds, and keeps the game up to date. */
export function useOnlineGame(
  api: Api,
  gameId: string,
): { known: OnlineGame; move(column: number): void } {
  const [known, tell] = useReducer(onlineGame, UNKNOWN_GAME);
  const subscription = useRef<Subscription>(null);

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

    async function enter() {
      try {
        const playerId =
          rememberedSeat(gameId)?.playerId ??
          (await untilReached(() => join(api, gameId), onConnection, left.signal));
        subscription.current = subscribe(api, gameId, playerId, {
          onState,
          onConnection,
          onRefused,
        });
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
      subscription.current?.close();
    };
  }, [api, gameId]);

  async function move(column: number) {
    if (known.game === null || !mayMove(known)) {
      return;
    }
    tell({ type: "moveSent", column });
    try {
      const game = await api.makeMove(gameId, known.game.playerId, column);
      tell({ type: "state", game });
    } catch (error) {
      if (error instanceof Refused) {
        tell({ type: "moveRefused", message: error.message });
      } else if (error instanceof Unreachable) {
        tell({ type: "moveLost" });
      } else {
        throw error;
      }
    }
    subscription.current?.refresh();
  }

  return { known, move };
}

// One a game, however often it is entered: whoever joins twice finds the game full.
const joins = new Map<string, Promise<string>>();

function join(api: Api, gameId: string): Promise<string> {
  let joining = joins.get(gameId);
  if (joining === undefined) {
    joining = api
      .joinGame(gameId)
      .then((game) => {
        rememberSeat(game);
        return game.playerId;
      })
      .finally(() => joins.delete(gameId));
    joins.set(gameId, joining);
  }
  return joining;
}
