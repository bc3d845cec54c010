import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const junit = process.env.JUNIT_XML_FILE;

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    reporters: junit ? ["default", ["junit", { outputFile: junit }]] : ["default"],
  },
});
