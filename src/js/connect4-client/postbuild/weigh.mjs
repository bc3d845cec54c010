// Prints what the start page takes of the network, without the heads of the answers; fails if it is
// above the budget with brotli, which browsers take over HTTPS and from this computer. Elsewhere they
// take gzip.

import { existsSync } from "node:fs";
import { list, pathOf, read, readText } from "./files.mjs";

const BUDGET_KB = 150;

const page = readText("index.html");
// Browsers with modules leave scripts out that are marked `nomodule`.
const linked = [
  ...page
    .replace(/<script[^>]* nomodule[^>]*>/gi, "")
    .matchAll(/<(?:script|link rel="(?:stylesheet|icon)")[^>]* (?:src|href)="\.\/([^"]+)"/g),
];
// Of the font, what the page's letters need; of config.json, all.
const later = list().filter((name) => /figtree-latin-wght\S+woff2$|^config\.json$/.test(name));
const names = ["index.html", ...new Set(linked.map(([, name]) => name)), ...later];

function size(name, ending) {
  return read(existsSync(pathOf(`${name}.${ending}`)) ? `${name}.${ending}` : name).length / 1000;
}

function row(name, brotli, gzip) {
  console.log(`${brotli.toFixed(1).padStart(8)} ${gzip.toFixed(1).padStart(8)}  ${name}`);
}

console.log("  brotli     gzip  kB");
for (const name of names) {
  row(name, size(name, "br"), size(name, "gz"));
}
const [brotli, gzip] = ["br", "gz"].map((ending) =>
  names.reduce((sum, name) => sum + size(name, ending), 0),
);
row(`of ${BUDGET_KB} kB`, brotli, gzip);
process.exitCode = brotli > BUDGET_KB ? 1 : 0;
