import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLedger } from '../../../src/ledger/db/database.ts';
import { typed } from '../../../src/platform/invocation.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openHarness, type ProgramHarness } from '../../support/program-harness.ts';

const GOOD = 'group_id,user_id\n1,2\n';
const SEED = { seed: plainSeed({ users: 2, groups: 1 }) };

/** Expects that a run fails with an error and a remedy, and invites no user. */
async function expectRefusal(harness: ProgramHarness, what: RegExp, remedy: RegExp): Promise<void> {
  const ended = await harness.program.call('run', harness.file('a.csv', GOOD));
  const [, reported = '', advice = ''] = /^error: (.+)\n {7}(\S.+)\n$/s.exec(ended.stderr) ?? [];
  expect(reported, ended.stderr).toMatch(what);
  expect(advice).toMatch(remedy);
  expect(ended.stderr).not.toMatch(/^\s+at |This is a bug/m);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect((await harness.truth()).invitationsSent).toBe(0);
}

describe.concurrent('an unusable location', () => {
  test('is reported: a ledger file that is not a database, and the file is unchanged', async () => {
    await using harness = await openHarness(SEED);
    mkdirSync(join(harness.folder, 'data'));
    const ledger = harness.file('data/ledger.db', 'These are my notes, not a database.'.repeat(99));
    const before = readFileSync(ledger);
    await expectRefusal(harness, /ledger\.db is damaged or is not a ledger/, /another DATA_DIR/);
    expect(readFileSync(ledger)).toEqual(before);
    const imports = await harness.program.call('imports');
    expect(imports.stderr).toContain('ledger.db is damaged or is not a ledger');
    expect(imports.code).toBe(1);
  });

  test('is reported: DATA_DIR is a regular file', async () => {
    await using harness = await openHarness(SEED);
    harness.file('data', 'a file');
    await expectRefusal(harness, /data/, /DATA_DIR/);
  });

  test('is reported: a Redis that refuses the password, without showing it', async () => {
    const refuse = createServer((socket) => {
      socket.on('data', () => socket.write('-WRONGPASS invalid password\r\n'.repeat(5)));
      socket.on('error', () => {});
    }).listen(0, '127.0.0.1');
    await once(refuse, 'listening');
    const address = refuse.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await using harness = await openHarness(SEED, {
      REDIS_URL: `redis://:hunter2-secret@127.0.0.1:${port}/0`,
    });
    await expectRefusal(harness, /^(?!.*hunter2).*WRONGPASS/s, /REDIS_URL/);
    refuse.close();
  });
});

describe.concurrent('a missing object', () => {
  test('is reported: a ledger', async () => {
    await using harness = await openHarness(SEED);
    const { code, stdout, stderr } = await harness.program.call('status', '1');
    expect(stderr).toMatch(/^error: There is no ledger at .+\n {7}Import a file first/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  test.each([
    ['status', '7'],
    ['results', '7'],
    ['pause', 'first'],
    ['resume', '0'],
    ['cancel', '7'],
    ['retry', '1e3'],
  ])('is reported: %s %s', async (command, id) => {
    await using harness = await openHarness(SEED);
    const ledger = await openLedger(join(harness.folder, 'data/ledger.db'));
    await ledger.destroy();
    const { code, stdout, stderr } = await harness.program.call(command, id);
    expect(stderr).toBe(
      `error: There is no import ${id}.\n       To list all imports, type: ${typed('imports')}\n`,
    );
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });
});

test('an unknown command prints a remedy', async () => {
  await using harness = await openHarness(SEED);
  const { stderr } = await harness.program.call('fly');
  expect(stderr).toMatch(/--help/);
});
