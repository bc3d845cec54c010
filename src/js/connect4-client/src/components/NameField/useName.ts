import { useState } from "react";
import { keepName, keptName, type NameProblem, nameIn, problemWith } from "../../game/playerName";

interface Name {
  field: { value: string; problem: NameProblem | null; onChange(value: string): void };
  /** Keeps what was typed, if it is a name or nothing; returns whether it is. */
  settle(): boolean;
}

/** The name in a field, which is the one that this browser keeps until another is typed. */
export function useName(): Name {
  const [value, setValue] = useState(() => keptName() ?? "");
  const [problem, setProblem] = useState<NameProblem | null>(null);

  function settle(): boolean {
    const name = nameIn(value);
    const found = name === null ? null : problemWith(name);
    setProblem(found);
    if (found === null) {
      keepName(name);
    }
    return found === null;
  }

  function onChange(typed: string) {
    setValue(typed);
    setProblem(null);
  }

  return { field: { value, problem, onChange }, settle };
}
