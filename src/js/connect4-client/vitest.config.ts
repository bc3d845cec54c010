import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const junit = process.env.JUNIT_XML_FILE;

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://connect4.test/" } },
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    reporters: junit ? ["default", ["junit", { outputFile: junit }]] : ["default"],
    // For what hangs: a busy machine may take long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    unstubGlobals: true,
  },
});
