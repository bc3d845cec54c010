import type { NextConfig } from "next";

const config: NextConfig = {
  output: "export",
  // Else Next.js makes one up, and two builds of the same sources differ.
  generateBuildId: () => "connect4",
  // For bundled-packages.mjs, which deletes them.
  productionBrowserSourceMaps: true,
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
};

export default config;
