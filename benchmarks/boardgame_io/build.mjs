// Makes one file, out/server.cjs, of the server and of all that it needs.

import { build } from "esbuild";

await build({
  entryPoints: ["server.mjs"],
  outfile: "out/server.cjs",
  bundle: true,
  platform: "node",
  // So that boardgame.io, like what it brings, neither checks nor logs what production does not.
  define: { "process.env.NODE_ENV": '"production"' },
  // What is looked for only where somebody asks for it, and not installed.
  external: ["node-persist", "pg-native"],
});
