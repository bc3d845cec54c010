// Copies Lighthouse, with all that it needs, into out/: it loads its audits by their files' names, so
// that no bundler finds them.

import { cp, rm } from "node:fs/promises";

const out = new URL("out/", import.meta.url);

await rm(out, { recursive: true, force: true });
await cp(new URL("node_modules/", import.meta.url), new URL("node_modules/", out), {
  recursive: true,
});
