import { useEffect, useEffectEvent, useReducer, useRef } from "react";
import type { Act, Api } from "../../api/client";
import { mayMove, type OnlineGame, onlineGame, UNKNOWN_GAME } from "./onlineGame";
import { type Visit, visit } from "./visit";

interface OnlineTable {
  known: OnlineGame;
  join(): void;
  move(column: number): void;
  act(act: Act): void;
  follow(nextGameId: string): void;
}

/** Visits a game for as long as it is on the screen. What a person does twice is done once. */
export function useOnlineGame(
  api: Api,
  gameId: string,
  onNext: (gameId: string) => void,
): OnlineTable {
  const [known, tell] = useReducer(onlineGame, UNKNOWN_GAME);
  const current = useRef<Visit>(null);
  const goTo = useEffectEvent(onNext);

  useEffect(() => {
    const begun = visit(api, gameId, tell, (next) => goTo(next));
    current.current = begun;
    return () => begun.leave();
  }, [api, gameId]);

  function whenIdle(does: (visit: Visit) => void) {
    if (known.acting === null && current.current !== null) {
      does(current.current);
    }
  }

  return {
    known,
    join: () => whenIdle((visit) => visit.join()),
    act: (act) => whenIdle((visit) => visit.act(act)),
    follow: (nextGameId) => whenIdle((visit) => visit.follow(nextGameId)),
    move: (column) => mayMove(known) && current.current?.move(column),
  };
}
