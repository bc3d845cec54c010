// Deletes what no page of the site asks for.

import { list, readText, remove, write } from "./files.mjs";

// Of Next.js's own client, which src/start.tsx stands in for: its polyfills, its manifests, and what
// next.config.ts left empty.
const UNUSED_SCRIPTS =
  /<script [^>]*src="[^"]*\/(?:polyfills-\w+|pages\/(?:index|_error)-\w+|_\w+Manifest)\.js"[^>]*><\/script>/g;
const SCRIPTS = /<script\b[^>]*>[\s\S]*?<\/script>/g;
const UNUSED_DATA = /<script id="__NEXT_DATA__"[^>]*>[^<]*<\/script>|<link data-next-font=[^>]*>/g;
const HASH = /([0-9a-f]{8,})\.\w+$/;

export function deleteUnused() {
  for (const page of list().filter((name) => name.endsWith(".html"))) {
    const unused = page === "index.html" ? UNUSED_SCRIPTS : SCRIPTS;
    write(page, readText(page).replace(unused, "").replace(UNUSED_DATA, ""));
  }
  const generated = list().filter((name) => name.startsWith("_next/") && !name.endsWith(".map"));
  const used = new Set(list().filter((name) => !name.startsWith("_next/")));
  // The names of what is loaded later are put together, but their hashes stand in the text.
  for (const user of used) {
    if (/\.(?:css|html|js)$/.test(user)) {
      const text = readText(user);
      for (const name of generated.filter((one) => text.includes(HASH.exec(one)?.[1] ?? one))) {
        used.add(name);
      }
    }
  }
  for (const name of generated.filter((one) => !used.has(one))) {
    remove(name);
  }
}
