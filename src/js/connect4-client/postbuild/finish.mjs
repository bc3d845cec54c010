// Makes of what `next build` wrote to out/ the site that is served.

import { copyFileSync } from "node:fs";
import { compress } from "./compress.mjs";
import { list, pathOf, readText, write } from "./files.mjs";
import { listPackages } from "./packages.mjs";
import { writeServiceWorker } from "./serviceWorker.mjs";

// Next.js has relative addresses be relative to the page, in style sheets as well.
for (const style of list().filter((name) => name.endsWith(".css"))) {
  write(style, readText(style).replace(/url\((?:\.\/)?_next\/static\//g, "url(../"));
}
// The letters of all languages here, at once and not when the style sheet has come: a text that
// changes its font later moves what is below it.
const font = list().find((name) => /figtree-latin-wght-normal\.\w+\.woff2$/.test(name));
const preload = `<link rel="preload" href="./${font}" as="font" type="font/woff2" crossorigin="">`;
write("index.html", readText("index.html").replace("<head>", `<head>${preload}`));
copyFileSync("src/solver/book/LICENSE", pathOf("opening-book-LICENSE.txt"));
await writeServiceWorker();
listPackages();
compress();
