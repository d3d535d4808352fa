import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(js|css|svg)$/;
const PACKED = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Packs what the build has written once and well, for the server to hand out as it is. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '.' }) {
      const names = await readdir(dir, { recursive: true });
      for (const name of names.filter((one) => WORTH_IT.test(one))) {
        const content = await readFile(join(dir, name));
        for (const [ending, pack] of Object.entries(PACKED)) {
          await writeFile(join(dir, `${name}.${ending}`), await pack(content));
        }
      }
    },
  };
}
