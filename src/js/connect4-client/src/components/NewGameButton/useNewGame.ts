import { useState } from "react";
import { Refused } from "../../api/client";
import { useWords } from "../../words/useWords";

interface NewGame {
  isCreating: boolean;
  /** Why there is no game, for a person; "" if nothing went wrong. */
  problem: string;
  create(): Promise<void>;
}

/** Creates an online game, once however often it is wanted, and says so if that fails. */
export function useNewGame(onNewGame: () => Promise<void>): NewGame {
  const { names, online } = useWords();
  const [isCreating, setIsCreating] = useState(false);
  const [problem, setProblem] = useState("");

  function why(error: unknown): string {
    if (!(error instanceof Refused)) {
      return online.unreachable;
    }
    return error.isOfName ? names.refused : online.refused(error.message);
  }

  async function create() {
    if (isCreating) {
      return;
    }
    setIsCreating(true);
    setProblem("");
    try {
      await onNewGame();
    } catch (error) {
      setProblem(why(error));
    } finally {
      setIsCreating(false);
    }
  }

  return { isCreating, problem, create };
}
