// The files of the built site, in out/.

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OUT = fileURLToPath(new URL("../out/", import.meta.url));

/** The paths of all files, relative and in order. */
export function list() {
  return readdirSync(OUT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(OUT.length))
    .sort();
}

export const pathOf = (name) => join(OUT, name);
export const read = (name) => readFileSync(pathOf(name));
export const readText = (name) => read(name).toString();
export const remove = (name) => rmSync(pathOf(name));
export const write = (name, content) => writeFileSync(pathOf(name), content);
