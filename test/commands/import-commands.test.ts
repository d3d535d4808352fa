import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/commands/command-line.ts';
import { openLedger } from '../../src/ledger/database.ts';
import type { Db } from '../../src/ledger/schema.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'import-commands-'));
let db: Db;
beforeAll(async () => {
  db = await openLedger(join(dataDir, 'ledger.db'), { unsafeWithoutSync: true });
});
afterAll(async () => {
  await db.destroy();
  rmSync(dataDir, { recursive: true });
});

/** Does in this process what a command line says. @returns the exit code and what it printed */
async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = { env: { DATA_DIR: dataDir }, stdin: Readable.from([]), stdout, stderr };
  const printed = Promise.all([text(stdout), text(stderr)]);
  const code = await runCommandLine(argv, terminal, '');
  stdout.end();
  stderr.end();
  const [out, err] = await printed;
  return { code, out, err };
}

const DAY_MS = 86_400_000;

/** Puts a file under DATA_DIR, as old as said. */
function put(folder: string, name: string, ageMs: number): string {
  mkdirSync(join(dataDir, folder), { recursive: true });
  const path = join(dataDir, folder, name);
  writeFileSync(path, 'group_id,user_id\n1,anna@example.com\n');
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
  return path;
}

describe('purge', () => {
  test('removes the rejects of a check by their age, asks before, and says what is too young', async () => {
    const old = put('results', 'people-rejects.csv', 91 * DAY_MS);
    const rest = [
      put('results', 'people-1.csv', 91 * DAY_MS),
      put('results', 'new-rejects.csv', 89 * DAY_MS),
      put('sources', 'a'.repeat(64), 60_000),
    ];
    const unasked = await call('purge', '--older-than', '90d');
    expect([unasked.code, unasked.err]).toEqual([1, expect.stringContaining('Add --yes')]);
    expect(existsSync(old)).toBe(true);

    const { code, out } = await call('purge', '--older-than', '90d', '--yes');
    expect([code, existsSync(old), ...rest.map(existsSync)]).toEqual([0, false, true, true, true]);
    expect(out).toContain('1 file of rejects was written by check before that.\n');
    expect(out).toContain(`${old} removed\n`);
    expect(out).toContain('Kept, as younger than an hour: 1 file that no import is made of\n');
  });
});
