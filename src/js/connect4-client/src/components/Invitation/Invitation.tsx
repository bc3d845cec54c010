import { useId, useRef, useState } from "react";
import { copy } from "../../browser/clipboard";
import { isForThisComputer, linkTo } from "../../game/link";
import { useWords } from "../../words/useWords";
import styles from "./Invitation.module.css";

interface InvitationProps {
  gameId: string;
  /** Where others in the network reach this page; "" if nobody said so. */
  networkUrl: string;
}

/** The link that brings the other player. */
export function Invitation({ gameId, networkUrl }: InvitationProps) {
  const { name, invitation } = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const own = linkTo(gameId);
  const link = isForThisComputer(own) && networkUrl !== "" ? linkTo(gameId, networkUrl) : own;

  async function copyLink() {
    if (field.current !== null) {
      const isCopied = await copy(field.current);
      setSaid(isCopied ? invitation.copied : invitation.notCopied);
    }
  }

  async function share() {
    try {
      await navigator.share({ title: name, text: invitation.message, url: link });
    } catch (error) {
      // Who closes the browser's dialog has only changed their mind.
      if (!(error instanceof DOMException && error.name === "AbortError")) {
        setSaid(invitation.notShared);
      }
    }
  }

  return (
    <div className={styles.invitation}>
      <p>{invitation.sendLink}</p>
      <label htmlFor={id} className="visually-hidden">
        {invitation.link}
      </label>
      <input
        id={id}
        ref={field}
        className="field"
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
      />
      {isForThisComputer(link) && (
        <p>
          {invitation.onlyHere} <code>--host 0.0.0.0</code>.
        </p>
      )}
      <div className={styles.actions}>
        <button type="button" className="button primary" onClick={copyLink}>
          {invitation.copy}
        </button>
        {"share" in navigator && (
          <button type="button" className="button" onClick={share}>
            {invitation.share}
          </button>
        )}
      </div>
      <p className={styles.said} aria-live="polite">
        {said}
      </p>
    </div>
  );
}
