import { lazy, useState } from "react";
import type { Moves } from "../../game/localGame";
import { useWords } from "../../words/useWords";
import { Deferred } from "../Deferred/Deferred";

const Analysis = lazy(async () => ({ default: (await import("./Analysis")).Analysis }));

/** Opens the analysis of a game; nothing of it is loaded before. */
export function AnalysisButton({ moves }: { moves: Moves }) {
  const { analysis } = useWords();
  const [isOpen, setIsOpen] = useState(false);

  return (
    <>
      <button
        type="button"
        className="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? analysis.close : analysis.open}
      </button>
      {isOpen && (
        <Deferred>
          <Analysis moves={moves} />
        </Deferred>
      )}
    </>
  );
}
