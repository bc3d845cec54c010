// Writes out/packages.json: which npm packages' code and files are in the site, each with its
// version and licence. The bundlers' source maps know it; they are not shipped themselves.

import { readFileSync } from "node:fs";
import { list, readText, remove, write } from "./files.mjs";

// The innermost one: a package may bring packages of its own.
const PACKAGE_FOLDER = /^.*?(\bnode_modules\/(?:.*\bnode_modules\/)?(?:@[^/]+\/)?[^/]+)\//;
// What Next.js adds of its own: polyfills for browsers without modules, and lists of the build.
const OF_NEXT = /\/(?:polyfills-\w+|_\w+Manifest)\.js$/;
const MAP_COMMENT = /\n?(?:\/\/# sourceMappingURL=(\S+)|\/\*# sourceMappingURL=(\S+) ?\*\/)\s*$/;

export function listPackages() {
  const folders = new Set();
  for (const name of list().filter((one) => /\.(?:css|js)$/.test(one) && !OF_NEXT.test(one))) {
    const text = readText(name);
    const comment = MAP_COMMENT.exec(text);
    if (comment === null) {
      throw new Error(`${name} has no source map: what is in it is not known`);
    }
    const map = new URL(comment[1] ?? comment[2], `file:///${name}`).pathname.slice(1);
    for (const source of JSON.parse(readText(map)).sources) {
      const folder = PACKAGE_FOLDER.exec(source)?.[1];
      if (folder) folders.add(folder);
    }
    write(name, text.slice(0, comment.index));
  }
  for (const map of list().filter((one) => one.endsWith(".map"))) {
    remove(map);
  }
  const packages = [...folders].sort().map((folder) => {
    const manifest = new URL(`../${folder}/package.json`, import.meta.url);
    const { name, version, license } = JSON.parse(readFileSync(manifest, "utf8"));
    return { name, version, license };
  });
  write("packages.json", `${JSON.stringify(packages, null, 2)}\n`);
}
