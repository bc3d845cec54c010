import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const junit = process.env.JUNIT_XML_FILE;

// The mode says what is run: `test`, which is the default, or `measure`.
export default defineConfig(({ mode }) => ({
  plugins: [react()],
  test: {
    // A process for each file costs a third of the time.
    pool: "threads",
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://connect4.test/" } },
    include: [`src/**/*.${mode}.{ts,tsx}`],
    setupFiles: ["src/testing/setup.ts"],
    reporters: junit ? ["default", ["junit", { outputFile: junit }]] : ["default"],
    // For what hangs: a busy machine may take long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    unstubGlobals: true,
  },
}));
