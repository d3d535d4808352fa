import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Originals } from '../../src/csv/originals.ts';
import { describeSource } from '../../src/ingest/describe-source.ts';
import { keepSource } from '../../src/ingest/kept-source.ts';

const OPEN_FILES = '/proc/self/fd';

/** How many files of the folder this process has open. */
function openIn(folder: string): number {
  return readdirSync(OPEN_FILES).filter((name) => {
    const path = join(OPEN_FILES, name);
    return existsSync(path) && readlinkSync(path).startsWith(folder);
  }).length;
}

test.skipIf(!existsSync(OPEN_FILES))(
  'a kept file that nobody reads after all is not left open',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bulk-invite-kept-'));
    try {
      const csv = Readable.from([Buffer.from('group_id,user_id,team\n1,2,red\n')]);
      const fileName = 'a.csv';
      const kept = await keepSource(csv, { dataDir, fileName, maxBytes: 1_000 });
      const { format } = await describeSource(kept, {}, { portal: 'x.example', message: null });
      // As for results of an outcome that no row has.
      for (let times = 0; times < 5; times++) {
        await using _ = new Originals(kept.open(), { fileName, format });
      }
      for (let turns = 0; turns < 100; turns++) await setImmediate();
      expect(openIn(dataDir)).toBe(0);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  },
);
