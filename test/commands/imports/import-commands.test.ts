import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/commands/command-line.ts';
import { openLedger } from '../../../src/ledger/db/database.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { claimed, importOf, keys, type SampleOptions } from '../../ledger/sample-pairs.ts';
import { freePort } from '../../support/services/free-port.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'import-commands-'));
let db: Db;
beforeAll(async () => {
  db = await openLedger(join(dataDir, 'ledger.db'), { unsafeWithoutSync: true });
});
afterAll(async () => {
  await db.destroy();
  rmSync(dataDir, { recursive: true });
});

interface Done {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line in this process, with these settings. @returns the exit code and the output */
async function call(...given: (string | Record<string, string>)[]): Promise<Done> {
  const argv = given.filter((word) => typeof word === 'string');
  const settings = Object.assign({}, ...given.filter((word) => typeof word !== 'string'));
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = {
    env: { DATA_DIR: dataDir, ...settings },
    stdin: Readable.from([]),
    stdout,
    stderr,
  };
  const printed = Promise.all([text(stdout), text(stderr)]);
  const code = await runCommandLine(argv, terminal, '');
  stdout.end();
  stderr.end();
  const [out, err] = await printed;
  return { code, out, err };
}

const DAY_MS = 86_400_000;

/** Creates a file below DATA_DIR with the given age. */
function put(folder: string, name: string, ageMs: number): string {
  mkdirSync(join(dataDir, folder), { recursive: true });
  const path = join(dataDir, folder, name);
  writeFileSync(path, 'group_id,user_id\n1,anna@example.com\n');
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
  return path;
}

describe('purge', () => {
  test('removes the rejects of a check by age, asks for confirmation, and reports what is too young', async () => {
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
    expect(out).toContain('1 file of rejected rows was written by check before that.\n');
    expect(out).toContain(`${old} removed\n`);
    expect(out).toContain('Kept for now: 1 file without an import, less than an hour old\n');
  });
});

/** An import as the program creates it. */
const make = (pairs: number, options?: SampleOptions): Promise<number> =>
  importOf(db, keys(pairs), { chunkSize: pairs, format: '', ...options });

/** A finished import with this number of failed pairs, most of them not found. */
async function failed(count: number, options?: SampleOptions): Promise<number> {
  const id = await make(count, options);
  const range = await claimed(db, id);
  const settlements = Array.from({ length: count }, (_, at) => ({
    seq: at + 1,
    verdict: {
      outcome: 'failed' as const,
      reason: at === 0 ? 'declined' : 'user_not_found',
    } as const,
  }));
  await db.transaction().execute((tx) => recordOutcomes(tx, range, settlements));
  return id;
}

describe('retry and resume', () => {
  test('name the existing reasons when the given one has no pairs', async () => {
    const id = await failed(1_201);
    expect(await call('retry', `${id}`, '--reason', 'portal_error')).toMatchObject({
      code: 0,
      out: `Import ${id} has nothing to retry for the reason portal_error; retryable: user_not_found 1,200 · declined 1.\n`,
    });
    const none = await make(1);
    expect((await call('retry', `${none}`, '--reason', 'portal_error')).out).toBe(
      `Import ${none} has nothing to retry for the reason portal_error; nothing for any other reason.\n`,
    );
  });

  test('use thousands separators, and suggest a command that creates no second import', async () => {
    const id = await failed(1_201, { message: 'Welcome' });
    const { out } = await call('retry', `${id}`, '--reason', 'user_not_found');
    expect(out).toContain(`Import ${id}: 1,200 pairs are pending again. `);
    expect(out).toMatch(/ type: .*bulk-invite (?:-- )?serve\n/);
    expect(out).toMatch(/\nOr run team\.csv again with the same --message and other options\.\n$/);

    const paused = await make(1, { state: 'paused' });
    const resumed = await call('resume', `${paused}`);
    expect(resumed.out).toMatch(/serve\nOr run team\.csv again with the same options\.\n$/);
    // The same advice when no process works on it; a worker has no Redis to join here.
    const { out: status } = await call('status', `${paused}`);
    expect(status).toMatch(
      / {2}No worker is running\. .* type: .*serve\n {2}Or run team\.csv again/,
    );
    expect(status).not.toMatch(/bulk-invite (?:-- )?worker/);
  });
});

describe('the lists', () => {
  test('of imports use thousands separators', async () => {
    const id = await make(1_234, { state: 'paused' });
    const { out } = await call('imports');
    expect(out).toMatch(new RegExp(`^${id} +paused +1,234 +0 +1,234 `, 'm'));
    expect((await call('cancel', `${id}`)).out).toContain('1,234 pairs were pending.');
  });

  test('of results refuse an unknown reason, and name the known ones', async () => {
    const id = await failed(2);
    for (const reason of ['nonsense', 'of_line_0', 'toString']) {
      const { code, out, err } = await call('results', `${id}`, '--reason', reason);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/It must be one of returned, .*declined.*bad_row.*of_line_N\./);
    }
    for (const reason of ['declined', 'bad_row', 'of_line_N', 'of_line_12']) {
      expect(await call('results', `${id}`, '--reason', reason)).toMatchObject({
        code: 0,
        err: '',
      });
    }
  });
});

test('all lines of a remedy have the same indentation', async () => {
  put('', 'session.key', 0);
  const port = String(await freePort());
  const { err } = await call('login-link', { PORT: port });
  expect(err.trimEnd().split('\n')).toEqual([
    `error: No server answers at http://127.0.0.1:${port}.`,
    expect.stringMatching(/^ {7}Start the server, which prints a link: .* serve$/),
    '       Or set HOST and PORT to the server’s values.',
  ]);
});
