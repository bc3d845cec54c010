import type { NextConfig } from "next";

const config: NextConfig = {
  output: "export",
  // Else its router takes the slash from the address, to which all others are relative.
  trailingSlash: true,
  // Relative, so that one build works at any path of a server.
  assetPrefix: ".",
  // Else Next.js makes one up, and two builds of the same sources differ.
  generateBuildId: () => "connect4",
  // For the postbuild, which deletes them.
  productionBrowserSourceMaps: true,
  reactStrictMode: true,
  webpack(webpack, { isServer }) {
    webpack.module.rules.push({
      test: /\.(bin|wasm)$/,
      type: "asset/resource",
      generator: { filename: "static/media/[name].[hash:8][ext]" },
    });
    if (!isServer) {
      // A worker has relative addresses be relative to itself.
      webpack.output.publicPath = "auto";
    }
    return webpack;
  },
};

export default config;
