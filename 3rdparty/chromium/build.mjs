// Unpacks the archives of @sparticuz/chromium into out/; out/chromium starts the browser.

import { createReadStream, createWriteStream } from "node:fs";
import { chmod, copyFile, mkdir, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";

const here = new URL("./", import.meta.url);
const out = new URL("out/", here);
const archives = new URL("../bin/", import.meta.resolve("@sparticuz/chromium"));

function unbrotli(archive, target) {
  return pipeline(createReadStream(new URL(archive, archives)), createBrotliDecompress(), target);
}

function untar(archive) {
  // chown: false, or files would get the packager's owner when root builds.
  return unbrotli(archive, extract(fileURLToPath(out), { chown: false }));
}

async function executable(file, write) {
  const target = new URL(file, out);
  await write(target);
  await chmod(target, 0o755);
}

await rm(out, { recursive: true, force: true });
await mkdir(out);
await Promise.all([
  executable("headless-shell", (target) => unbrotli("chromium.br", createWriteStream(target))),
  untar("al2023.tar.br"),
  untar("fonts.tar.br"),
  untar("swiftshader.tar.br"),
]);
// After the archives: theirs names folders of the cloud that they were made for.
await copyFile(new URL("fonts.conf", here), new URL("fonts.conf", out));
await executable("chromium", (target) => copyFile(new URL("chromium.sh", here), target));
