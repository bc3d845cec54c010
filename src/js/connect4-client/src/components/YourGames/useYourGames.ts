import { useEffect, useEffectEvent, useState } from "react";
import { type Api, Refused, Unreachable } from "../../api/client";
import { isPlayers } from "../../api/game";
import { keepSeat, rememberSeat, type Seat, yourGames } from "../../game/seats";

// Browsers have six connections to a server, and the page has other questions, too.
const AT_ONCE = 3;

/** The games of this browser, newest first; how the first `asked` of them stand is asked at once. */
export function useYourGames(api: Api, asked: number): readonly Seat[] {
  const [games, setGames] = useState(yourGames);

  const unfinished = useEffectEvent(() =>
    games.slice(0, asked).filter(({ over, gone }) => !over && !gone),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: when more are shown, they are asked for.
  useEffect(() => {
    const left = new AbortController();

    async function askOneByOne(queue: Seat[]) {
      for (let seat = queue.shift(); seat !== undefined; seat = queue.shift()) {
        await ask(api, seat, left.signal);
        if (left.signal.aborted) {
          return;
        }
        // A game that was removed meanwhile keeps its row.
        const known = new Map(yourGames().map((seat) => [seat.gameId, seat]));
        setGames((games) => games.map((game) => known.get(game.gameId) ?? game));
      }
    }

    async function askAll() {
      const queue = unfinished();
      await Promise.all(Array.from({ length: AT_ONCE }, () => askOneByOne(queue)));
    }

    function askIfSeen() {
      if (!document.hidden) {
        askAll();
      }
    }

    askAll();
    // Who comes back to the page wants to know how things stand now.
    document.addEventListener("visibilitychange", askIfSeen, { signal: left.signal });
    return () => left.abort();
  }, [api, asked]);

  return games;
}

/** Asks how a game stands, and keeps it; without an answer, what is known stays. */
async function ask(api: Api, seat: Seat, signal: AbortSignal): Promise<void> {
  try {
    const game = await api.getGame(seat.gameId, seat.playerId, signal);
    if (isPlayers(game)) {
      rememberSeat(game);
    }
  } catch (error) {
    if (error instanceof Refused) {
      keepSeat({ ...seat, gone: true });
    } else if (!(error instanceof Unreachable) && !signal.aborted) {
      throw error;
    }
  }
}
