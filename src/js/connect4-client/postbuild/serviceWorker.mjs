// Writes out/service-worker.js: src/offline/serviceWorker.ts with the list of the release's files.

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { list, pathOf, read } from "./files.mjs";

// The configuration comes from the server each time; the larger layer of the book is 2.7 MB, and is
// kept when it was used; the others are read by nobody who plays.
const NOT_KEPT =
  /polyfills-|^config\.json$|\/12-discs\.|^404|^packages\.json$|LICENSE|^preview\.png$/;
const HASHED = /^_next\/static\//;

export async function writeServiceWorker() {
  const release = list()
    .filter((name) => !NOT_KEPT.test(name) && !name.endsWith(".map"))
    .map((url) => ({ url, revision: HASHED.test(url) ? null : digest(read(url)) }));
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: {
      "self.RELEASE": JSON.stringify(release),
      "process.env.NODE_ENV": JSON.stringify("production"),
    },
    build: {
      outDir: pathOf("."),
      emptyOutDir: false,
      sourcemap: true,
      target: ["chrome111", "edge111", "firefox115", "safari16.4"],
      lib: {
        entry: fileURLToPath(new URL("../src/offline/serviceWorker.ts", import.meta.url)),
        formats: ["iife"],
        name: "serviceWorker",
        fileName: () => "service-worker.js",
      },
    },
  });
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
