import type { NextConfig } from "next";

const config: NextConfig = {
  output: "export",
  // Else Next.js makes one up, and two builds of the same sources differ.
  generateBuildId: () => "connect4",
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
};

export default config;
