import { useState } from "react";
import type { Act } from "../../api/client";
import type { Game } from "../../api/game";
import { called, type Match, otherThan } from "../../game/match";
import { useWords } from "../../words/useWords";
import { ActButton } from "../ActButton/ActButton";
import { ConfirmDialog } from "../ConfirmDialog/ConfirmDialog";
import { Actions, Prompt } from "../Prompt/Prompt";

interface LeavingProps {
  /** In progress. */
  game: Game;
  match: Match;
  /** Something is being sent: there is no answer to anything else. */
  isBusy: boolean;
  act(act: Act): void;
}

/** The ways to end a game before its end: to resign, or to agree on a draw. */
export function Leaving({ game, match, isBusy, act }: LeavingProps) {
  const words = useWords();
  const { leaving } = words;
  const [isAsking, setIsAsking] = useState(false);
  const { playerNumber: you, drawOfferedBy } = game;
  const other = otherThan(you);

  const button = (name: string, what: Act, isPrimary = false) => (
    <ActButton name={name} isPrimary={isPrimary} isBusy={isBusy} onAct={() => act(what)} />
  );

  return (
    <>
      <Prompt text={drawOfferedBy === other ? leaving.offers(called(other, match, words)) : ""}>
        <Actions>
          {button(leaving.accept, "offer_draw", true)}
          {button(leaving.decline, "decline_draw")}
        </Actions>
      </Prompt>
      <Prompt text={drawOfferedBy === you ? leaving.youOffer : ""}>
        <Actions>{button(leaving.takeBack, "decline_draw")}</Actions>
      </Prompt>
      <Actions>
        {drawOfferedBy === null && button(leaving.offerDraw, "offer_draw")}
        <ActButton name={leaving.resign} isBusy={isBusy} onAct={() => setIsAsking(true)} />
      </Actions>
      {isAsking && (
        <ConfirmDialog
          question={leaving.reallyResign}
          confirm={leaving.resign}
          onConfirm={() => {
            setIsAsking(false);
            act("resign");
          }}
          onCancel={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
