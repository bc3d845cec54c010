import { lazy, Suspense, useState } from "react";
import type { Moves } from "../../game/localGame";

const Analysis = lazy(async () => ({ default: (await import("./Analysis")).Analysis }));

/** Opens the analysis of a game; nothing of it is loaded before. */
export function AnalysisButton({ moves }: { moves: Moves }) {
  const [isOpen, setIsOpen] = useState(false);

  return (
    <>
      <button
        type="button"
        className="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? "Close the analysis" : "Analyse"}
      </button>
      {isOpen && (
        <Suspense fallback={<p>Loading…</p>}>
          <Analysis moves={moves} />
        </Suspense>
      )}
    </>
  );
}
