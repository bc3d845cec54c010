import { Component, type ReactNode, Suspense } from "react";
import { useWords } from "../../words/useWords";
import styles from "./Deferred.module.css";

/** Shows its children as soon as their code is loaded; says so if it cannot be. */
export function Deferred({ children }: { children: ReactNode }) {
  const { loading } = useWords();
  return (
    <LoadingBoundary>
      <Suspense fallback={<p>{loading}</p>}>{children}</Suspense>
    </LoadingBoundary>
  );
}

// React has boundaries as classes alone.
class LoadingBoundary extends Component<{ children: ReactNode }, { isFailed: boolean }> {
  override state = { isFailed: false };

  static getDerivedStateFromError() {
    return { isFailed: true };
  }

  override render() {
    return this.state.isFailed ? <NotLoaded /> : this.props.children;
  }
}

/** Without a network, or if the server has had a new release since the page was opened. */
function NotLoaded() {
  const { notLoaded, reload } = useWords();
  return (
    <div role="alert" className={`card ${styles.notLoaded}`}>
      <p>{notLoaded}</p>
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        {reload}
      </button>
    </div>
  );
}
