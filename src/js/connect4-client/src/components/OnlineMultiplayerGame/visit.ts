/** A person's visit to an online game: as one of its players, or to watch. */

import { type Act, type Api, Refused } from "../../api/client";
import { type Game, isPlayers, type WatchedGame } from "../../api/game";
import { type Subscription, subscribe } from "../../api/subscription";
import { type Connection, untilReached } from "../../api/untilReached";
import { isJoining, joinSettled, secretToJoin } from "../../game/joins";
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
    if (known === null || playerId === null) {
      return;
    }
    const sent = { gameId, playerId, column, move: known.moves.length };
    tell({ type: "moveSent", column });
    send(
      () => api.makeMove(sent),
      (game) => subscription?.know(game),
      ({ game, message }) => {
        if (game !== null) {
          subscription?.know(game);
        }
        tell({ type: "moveRefused", message });
      },
    );
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
