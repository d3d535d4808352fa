import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(js|css|svg)$/;
const PACKED = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Vite plugin that compresses the built files once, so that the server can send them as they are. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '.' }) {
      const names = await readdir(dir, { recursive: true });
      for (const name of names.filter((one) => COMPRESSIBLE.test(one))) {
        const content = await readFile(join(dir, name));
        for (const [ending, pack] of Object.entries(PACKED)) {
          await writeFile(join(dir, `${name}.${ending}`), await pack(content));
        }
      }
    },
  };
}
