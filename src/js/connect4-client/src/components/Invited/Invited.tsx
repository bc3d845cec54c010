import type { FormEvent } from "react";
import type { WatchedGame } from "../../api/game";
import { useWords } from "../../words/useWords";
import { ActButton } from "../ActButton/ActButton";
import { NameField } from "../NameField/NameField";
import { useName } from "../NameField/useName";
import { Actions } from "../Prompt/Prompt";
import styles from "./Invited.module.css";

interface InvitedProps {
  /** With a free seat. */
  game: WatchedGame;
  isBusy: boolean;
  onJoin(): void;
  /** Null: they are watching already. */
  onWatch: (() => void) | null;
}

/** Asks who opened a game's link whether they play. The link by itself takes no seat. */
export function Invited({ game, isBusy, onJoin, onWatch }: InvitedProps) {
  const { invited } = useWords();
  const name = useName();

  function play(event: FormEvent) {
    event.preventDefault();
    if (!isBusy && name.settle()) {
      onJoin();
    }
  }

  return (
    <form className={styles.invited} onSubmit={play}>
      <p>{game.firstPlayer === "joiner" ? invited.youBegin : invited.otherBegins}</p>
      <NameField {...name.field} />
      <Actions>
        <button type="submit" className="button primary" aria-disabled={isBusy}>
          {invited.play}
        </button>
        {onWatch !== null && <ActButton name={invited.watch} isBusy={isBusy} onAct={onWatch} />}
      </Actions>
    </form>
  );
}
