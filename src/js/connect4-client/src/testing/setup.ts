/** Every test begins with a new visitor at the start of the site. */

import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { FakeLocks } from "./FakeLocks";

// For what never comes: a busy machine may take long.
configure({ asyncUtilTimeout: 60_000 });

beforeEach(() => {
  new FakeLocks();
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
  window.localStorage.clear();
  window.history.replaceState(null, "", "/");
});
