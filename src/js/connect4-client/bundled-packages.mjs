// Writes out/packages.json: which npm packages' code and files are in the site, each with its
// version and licence. The bundler's source maps know it; they are not shipped themselves.

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const out = new URL("out/", import.meta.url);
// The innermost one: a package may bring packages of its own.
const PACKAGE_FOLDER = /\[project\]\/(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//;
const MAP_COMMENT = /\n?(?:\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ ?\*\/)\s*$/;

function sourcesOf(map) {
  return [
    ...(map.sources ?? []),
    ...(map.sections ?? []).flatMap((section) => sourcesOf(section.map)),
  ];
}

const folders = new Set();
let maps = 0;
for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.name.endsWith(".map")) {
    for (const source of sourcesOf(JSON.parse(await readFile(file, "utf8")))) {
      const [, folder] = PACKAGE_FOLDER.exec(source) ?? [];
      if (folder) folders.add(folder);
    }
    maps += 1;
    await rm(file);
  } else if (/\.(?:css|js)$/.test(entry.name)) {
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(MAP_COMMENT, ""));
  }
}
if (!maps || !folders.size) throw new Error("out/ has no source maps: what is in it is not known");

const packages = await Promise.all(
  [...folders].sort().map(async (folder) => {
    const manifest = new URL(`${folder}/package.json`, import.meta.url);
    const { name, version, license } = JSON.parse(await readFile(manifest, "utf8"));
    return { name, version, license };
  }),
);
await writeFile(new URL("packages.json", out), `${JSON.stringify(packages, null, 2)}\n`);
