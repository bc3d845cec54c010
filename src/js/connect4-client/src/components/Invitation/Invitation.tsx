import { useId, useRef, useState } from "react";
import { copy } from "../../browser/clipboard";
import { isForThisComputer, linkTo } from "../../game/link";
import styles from "./Invitation.module.css";

interface InvitationProps {
  gameId: string;
  /** Where others in the network reach this page; "" if nobody said so. */
  networkUrl: string;
}

/** The link that brings the other player. */
export function Invitation({ gameId, networkUrl }: InvitationProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const own = linkTo(gameId);
  const link = isForThisComputer(own) && networkUrl !== "" ? linkTo(gameId, networkUrl) : own;

  async function copyLink() {
    if (field.current !== null) {
      const isCopied = await copy(field.current);
      setSaid(isCopied ? "Copied. Now send it." : "Your browser does not copy it: please do.");
    }
  }

  async function share() {
    try {
      await navigator.share({ title: "Connect 4", text: "Play Connect 4 with me:", url: link });
    } catch (error) {
      // Who closes the browser's dialog has only changed their mind.
      if (!(error instanceof DOMException && error.name === "AbortError")) {
        setSaid("Your browser does not share it: copy it instead.");
      }
    }
  }

  return (
    <div className={styles.invitation}>
      <p>Send this link to a friend. The game begins when they open it.</p>
      <label htmlFor={id} className="visually-hidden">
        Link to this game
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
          It works on this computer only. To let others in your network join, start Connect 4 with{" "}
          <code>--host 0.0.0.0</code>.
        </p>
      )}
      <div className={styles.actions}>
        <button type="button" className="button primary" onClick={copyLink}>
          Copy link
        </button>
        {"share" in navigator && (
          <button type="button" className="button" onClick={share}>
            Share…
          </button>
        )}
      </div>
      <p className={styles.said} aria-live="polite">
        {said}
      </p>
    </div>
  );
}
