interface ActButtonProps {
  name: string;
  isPrimary?: boolean;
  /** Something is being sent: the button stays, with the focus, and does nothing. */
  isBusy: boolean;
  onAct(): void;
}

/** A button that has the server do something. */
export function ActButton({ name, isPrimary = false, isBusy, onAct }: ActButtonProps) {
  return (
    <button
      type="button"
      className={isPrimary ? "button primary" : "button"}
      aria-disabled={isBusy}
      onClick={isBusy ? undefined : onAct}
    >
      {name}
    </button>
  );
}
