// Writes a .br and a .gz beside each file that they make smaller, for servers that send them.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { list, read, write } from "./files.mjs";

const WORTH_IT = 0.95;

export function compress() {
  for (const name of list()) {
    const content = read(name);
    const brotli = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
    for (const [ending, compressed] of [
      ["br", brotliCompressSync(content, brotli)],
      ["gz", gzipSync(content, { level: constants.Z_BEST_COMPRESSION })],
    ]) {
      if (compressed.length < content.length * WORTH_IT) {
        write(`${name}.${ending}`, compressed);
      }
    }
  }
}
