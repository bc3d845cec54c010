import type { Act } from "../../api/client";
import { isPlayers, type WatchedGame } from "../../api/game";
import type { Presence } from "../../api/presence";
import { called, type Match, otherThan } from "../../game/match";
import { useWords } from "../../words/useWords";
import { Absence } from "../Absence/Absence";
import { Leaving } from "../Leaving/Leaving";
import { Rematch } from "../Rematch/Rematch";

interface PlayersActsProps {
  /** Of two players. */
  game: WatchedGame;
  match: Match;
  presence: Presence | null;
  isBusy: boolean;
  act(act: Act): void;
  onNext(gameId: string): void;
}

/** What players can do besides moving, and who watches can see of it. */
export function PlayersActs({ game, match, presence, isBusy, act, onNext }: PlayersActsProps) {
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
