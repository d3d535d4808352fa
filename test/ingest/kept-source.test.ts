import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Originals } from '../../src/files/results/originals.ts';
import { describeSource } from '../../src/ingest/describe-source.ts';
import { keepSource, releaseSource } from '../../src/ingest/kept-source.ts';
import { sweepSources } from '../../src/ingest/sweep-sources.ts';

const OPEN_FILES = '/proc/self/fd';

/** @returns the number of files in the folder that this process has open */
function openIn(folder: string): number {
  return readdirSync(OPEN_FILES).filter((name) => {
    const path = join(OPEN_FILES, name);
    return existsSync(path) && readlinkSync(path).startsWith(folder);
  }).length;
}

test.skipIf(!existsSync(OPEN_FILES))(
  'does not leave a stored file open that is never read',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bulk-invite-kept-'));
    try {
      const csv = Readable.from([Buffer.from('group_id,user_id,team\n1,2,red\n')]);
      const fileName = 'a.csv';
      const kept = await keepSource(csv, { dataDir, fileName, maxBytes: 1_000 });
      const { format } = await describeSource(kept, {}, { portal: 'x.example', message: null });
      // For example results with an outcome that no row has.
      for (let times = 0; times < 5; times++) {
        await using _ = new Originals(
          kept.open(),
          { fileName, format },
          { groups: false, users: false },
        );
      }
      for (let turns = 0; turns < 100; turns++) await setImmediate();
      expect(openIn(dataDir)).toBe(0);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  },
);

/** Stores one block that is longer than a file may be, and prints the result. */
const KEEP_LONG = `
  import { readdirSync } from 'node:fs';
  import { join } from 'node:path';
  import { keepSource } from ${JSON.stringify(new URL('../../src/ingest/kept-source.ts', import.meta.url))};
  const [, dataDir] = process.argv;
  async function* bytes() { yield Buffer.alloc(20_000, 'a'); }
  const said = await keepSource(bytes(), { dataDir, fileName: 'a.csv', maxBytes: 100_000 })
    .then(() => 'kept', ({ code }) => code);
  console.log(said, readdirSync(join(dataDir, 'sources')).length);`;

test('rejects a file when the system writes only its first part, and keeps nothing of it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bulk-invite-kept-'));
  try {
    // Like the last blocks of a disk: the first write is cut short, the next one fails.
    const shell = 'ulimit -f 16 && exec "$@"';
    const node = [process.execPath, '--input-type=module', '-e', KEEP_LONG, dataDir];
    const { stdout, stderr } = spawnSync('sh', ['-c', shell, 'sh', ...node], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toBe('EFBIG 0\n');
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});

describe('a file without an import', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bulk-invite-kept-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const names = () => readdirSync(join(dataDir, 'sources'));
  const keep = async () => {
    const bytes = Readable.from([Buffer.from('group_id,user_id\n')]);
    return (await keepSource(bytes, { dataDir, fileName: 'a.csv', maxBytes: 1_000 })).digest;
  };
  const none = async () => false;
  /** Uploads the file again as another process does: a new file replaces the old one. */
  const keepElsewhere = (digest: string) => {
    const path = join(dataDir, 'sources', digest);
    copyFileSync(path, `${path}.part`);
    renameSync(`${path}.part`, path);
  };

  test('is deleted at its last release, whichever upload that belongs to', async () => {
    const digest = await keep();
    await keep();
    await releaseSource(digest, dataDir, none);
    expect(names()).toEqual([digest]);
    await releaseSource(digest, dataDir, none);
    expect(names()).toEqual([]);
  });

  test.each([
    ['and is undecided', none, true],
    ['and is imported', async () => true, true],
    ['and is refused', none, false],
  ])('is kept if needed when it is uploaded again meanwhile %s', async (what, hasImport, stays) => {
    const digest = await keep();
    await releaseSource(digest, dataDir, async () => {
      await keep();
      if (what !== 'and is undecided') await releaseSource(digest, dataDir, hasImport);
      return false;
    });
    expect(names()).toEqual(stays ? [digest] : []);
  });

  test('is left to the sweep when another process has uploaded it as well, before or after', async () => {
    const digest = await keep();
    keepElsewhere(digest);
    await releaseSource(digest, dataDir, none);
    expect(names()).toEqual([digest]);
    await keep();
    await releaseSource(digest, dataDir, none);
    expect(names()).toEqual([digest]);
  });

  test('is swept when it is old, unless it is uploaded again during the decision', async () => {
    const digest = await keep();
    const age = () => utimesSync(join(dataDir, 'sources', digest), 0, 0);
    age();
    const again = async () => {
      await keep();
      return false;
    };
    expect(await sweepSources(dataDir, again)).toEqual({ files: 0, bytes: 0, young: 1 });
    expect(names()).toEqual([digest]);
    age();
    expect(await sweepSources(dataDir, none)).toEqual({ files: 1, bytes: 17, young: 0 });
    expect(names()).toEqual([]);
  });
});
