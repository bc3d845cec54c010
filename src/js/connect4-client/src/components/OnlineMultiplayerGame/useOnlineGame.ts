"use client";

import { useEffect, useRef, useState } from "react";
import { type Api, type Game, Refused } from "../../api/client";
import { type Connection, type Subscription, subscribe } from "../../api/subscription";
import { type Board, ply } from "../../game/rules";
import { rememberedSeat, rememberSeat } from "../../game/storage";

export interface OnlineGame {
  /** The newest state that the server told; null before the first. */
  game: Game | null;
  connection: Connection;
  /** A move is under way and not answered. */
  moving: boolean;
  /** Why there is nothing to play, for a person; null if there is. */
  problem: string | null;
  move(column: number): void;
}

// One a game, however often a component is mounted: the second would find the game full.
const joins = new Map<string, Promise<string>>();

function seatIn(api: Api, gameId: string): Promise<string> {
  const remembered = rememberedSeat(gameId);
  if (remembered !== null) {
    return Promise.resolve(remembered);
  }
  let join = joins.get(gameId);
  if (join === undefined) {
    join = api.joinGame(gameId).then(({ playerId }) => {
      rememberSeat(gameId, playerId);
      return playerId;
    });
    joins.set(gameId, join);
    join.catch(() => joins.delete(gameId));
  }
  return join;
}

function explain(error: Refused): string {
  if (error.message === "Game is full") {
    return "This game already has two players.";
  }
  if (error.message === "Game not found") {
    return "There is no such game. Check the link.";
  }
  if (error.message === "Player not found") {
    return "The server does not know your seat in this game.";
  }
  return `The server refuses: ${error.message}`;
}

// Replies can overtake each other, but a game only ever gains discs and players.
function newer(current: Game | null, next: Game): Game {
  const older =
    current !== null &&
    (ply(next.board as Board) < ply(current.board as Board) ||
      next.playerCount < current.playerCount);
  return older ? current : next;
}

const JOIN_AGAIN_MS = 2000;

/** Takes a seat in a game, or the one that this browser holds, and keeps the game up to date. */
export function useOnlineGame(api: Api, gameId: string): OnlineGame {
  const [game, setGame] = useState<Game | null>(null);
  const [connection, setConnection] = useState<Connection>("online");
  const [moving, setMoving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const subscription = useRef<Subscription | null>(null);

  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function enter() {
      try {
        const playerId = await seatIn(api, gameId);
        if (!left) {
          subscription.current = subscribe(api, gameId, playerId, {
            onGame: (next) => setGame((current) => newer(current, next)),
            onConnection: setConnection,
            onRefused: (error) => setProblem(explain(error)),
          });
        }
      } catch (error) {
        if (left) {
          return;
        }
        if (error instanceof Refused) {
          setProblem(explain(error));
        } else {
          setConnection("lost");
          timer = setTimeout(enter, JOIN_AGAIN_MS);
        }
      }
    }

    enter();
    return () => {
      left = true;
      clearTimeout(timer);
      subscription.current?.close();
      subscription.current = null;
      setGame(null);
      setProblem(null);
    };
  }, [api, gameId]);

  async function move(column: number) {
    if (game === null || moving) {
      return;
    }
    setMoving(true);
    try {
      const next = await api.makeMove(gameId, game.playerId, column);
      setGame((current) => newer(current, next));
      setConnection("online");
    } catch (error) {
      // The move may have counted all the same: what the server says next is what is shown.
      if (!(error instanceof Refused)) {
        setConnection("lost");
      }
    } finally {
      setMoving(false);
      subscription.current?.refresh();
    }
  }

  return { game, connection, moving, problem, move };
}
