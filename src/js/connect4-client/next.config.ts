import { join } from "node:path";
import type { NextConfig } from "next";

// A script that does nothing.
const EMPTY = "data:text/javascript,";

const config: NextConfig = {
  output: "export",
  // Relative, so that one build works at any path of a server.
  assetPrefix: ".",
  // Else Next.js makes one up, and two builds of the same sources differ.
  generateBuildId: () => "connect4",
  // For the postbuild, which deletes them.
  productionBrowserSourceMaps: true,
  reactStrictMode: true,
  // Lowers the CSS to the browsers of package.json.
  experimental: { useLightningcss: true },
  webpack(webpack, { dev, isServer }) {
    webpack.module.rules.push({
      test: /\.(bin|wasm)$/,
      type: "asset/resource",
      generator: { filename: "static/media/[name].[hash:8][ext]" },
    });
    if (!dev && !isServer) {
      webpack.output.publicPath = "auto";
      // Next.js's own client has a router: 35 KB for a site of one page, which has no use for it.
      webpack.entry = () => ({
        main: EMPTY,
        "pages/_app": join(import.meta.dirname, "src/start.tsx"),
        "pages/_error": EMPTY,
        "pages/index": EMPTY,
      });
    }
    return webpack;
  },
};

export default config;
