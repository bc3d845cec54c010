import type { Act } from "../../api/client";
import { isPlayers, type WatchedGame } from "../../api/game";
import type { Presence } from "../../api/presence";
import { called, type Match, otherThan } from "../../game/match";
import { useWords } from "../../words/useWords";
import { Absence } from "../Absence/Absence";
import { Leaving } from "../Leaving/Leaving";
import { Rematch } from "../Rematch/Rematch";

interface BetweenProps {
  /** Of two players. */
  game: WatchedGame;
  match: Match;
  presence: Presence | null;
  isBusy: boolean;
  act(act: Act): void;
  onNext(gameId: string): void;
}

/** What the players settle between them, apart from the moves. */
export function Between({ game, match, presence, isBusy, act, onNext }: BetweenProps) {
  const words = useWords();
  if (!game.active) {
    return (
      <Rematch
        game={game}
        match={match}
        isBusy={isBusy}
        onRematch={() => act("rematch")}
        onNext={onNext}
      />
    );
  }
  if (!isPlayers(game)) {
    return null;
  }
  const other = otherThan(game.playerNumber);
  return (
    <>
      <Absence
        who={called(other, match, words)}
        goneSince={presence?.goneSince[other - 1] ?? null}
        isBusy={isBusy}
        onClaim={() => act("claim_win")}
      />
      <Leaving game={game} match={match} isBusy={isBusy} act={act} />
    </>
  );
}
