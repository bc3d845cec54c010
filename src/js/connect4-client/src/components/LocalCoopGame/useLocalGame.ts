import { useEffect, useReducer } from "react";
import { parameter, setParameter, useAddress } from "../../browser/address";
import {
  type LocalAction,
  localGame,
  type Moves,
  rememberedLocalGame,
  rememberLocalGame,
} from "../../game/localGame";
import { notationOf, readMoves, type WrongMove } from "../../game/notation";

interface LocalGame {
  readonly moves: Moves;
  /** The first wrong move of the address; null if it has none. */
  readonly wrong: WrongMove | null;
  act(action: LocalAction): void;
}

/**
 * The game of the address, `?local&moves=4455`, which stays there; or, without moves in the address,
 * the one that this browser keeps. So a link to a position takes no game away.
 */
export function useLocalGame(): LocalGame {
  useAddress();
  const [own, act] = useReducer(localGame, undefined, rememberedLocalGame);

  useEffect(() => rememberLocalGame(own), [own]);

  const given = parameter("moves");
  if (given === null) {
    return { moves: own, wrong: null, act };
  }
  return {
    ...readMoves(given),
    act(action) {
      const { moves } = readMoves(parameter("moves") ?? "");
      setParameter("moves", notationOf(localGame(moves, action)));
    },
  };
}
