import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/commands/command-line.ts';
import { openLedger } from '../../../src/ledger/db/database.ts';
import { importOf, keys } from '../../ledger/sample-pairs.ts';
import { CLI } from '../../support/entry-points.ts';

const home = mkdtempSync(join(tmpdir(), 'output-'));
afterAll(() => rmSync(home, { recursive: true }));

beforeAll(async () => {
  const db = await openLedger(join(home, 'ledger.db'), { unsafeWithoutSync: true });
  await importOf(db, keys(3), { state: 'finished' });
  await db.updateTable('imports').set({ format: '' }).execute();
  await db.destroy();
});

/** A stream that fails with a system error; undefined: it accepts everything. */
function stream(code?: string): { stream: Writable; text: () => string } {
  let text = '';
  const writable = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done(code ? Object.assign(new Error(`${code}: no`), { code, syscall: 'write' }) : null);
    },
  });
  return { stream: writable, text: () => text };
}

async function call(argv: string[], stdoutCode?: string, stderrCode?: string) {
  const [stdout, stderr] = [stream(stdoutCode), stream(stderrCode)];
  const terminal = {
    env: { DATA_DIR: home },
    stdin: Readable.from([]),
    ...{ stdout: stdout.stream, stderr: stderr.stream },
  };
  const code = await runCommandLine(argv, terminal, '');
  return { code, stderr: stderr.text() };
}

const LOST =
  /^error: The output cannot be written to stdout \(ENOSPC: no\)\.\n {7}Free disk space, or/;

test.each([[['imports']], [['--help']], [['results', '1']]])(
  '%o on a full disk reports one error, and fails',
  async (argv) => {
    const { code, stderr } = await call(argv, 'ENOSPC');
    expect(stderr).toMatch(LOST);
    expect(stderr.match(/error:/g)).toHaveLength(1);
    expect(code).toBe(1);
  },
);

test.each([
  ['a reader that stops reading', 'EPIPE', undefined, 0],
  ['a full stderr', undefined, 'ENOSPC', 0],
  ['both full', 'ENOSPC', 'ENOSPC', 1],
])('with %s the command ends with the right exit code', async (_, stdout, stderr, code) => {
  expect((await call(['imports'], stdout, stderr)).code).toBe(code);
});

test('a user error keeps its exit code when stderr fails', async () => {
  expect((await call(['status', '99'], undefined, 'EIO')).code).toBe(1);
});

test('the program itself prints no stack on a full disk', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'imports'], {
    env: { DATA_DIR: join(home, 'none') },
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  expect(stderr).toMatch(
    /^error: The output cannot be written to stdout \(ENOSPC: [^\n]*\n[^\n]*\n$/,
  );
  expect(status).toBe(1);
});
