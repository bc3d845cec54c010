import { lazy, useState } from "react";
import { useWords } from "../../words/useWords";
import { Deferred } from "../Deferred/Deferred";
import type { AnalysisProps } from "./Analysis";

const Analysis = lazy(async () => ({ default: (await import("./Analysis")).Analysis }));

/** Opens the analysis of a game; nothing of it is loaded before. */
export function AnalysisButton(props: AnalysisProps) {
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
          <Analysis {...props} />
        </Deferred>
      )}
    </>
  );
}
