import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { findPostgres } from '../support/find-postgres.ts';
import {
  crowd,
  expectEachOnce,
  openOffice,
  readResults,
  SHORT_TIMEOUT,
  summaryOf,
} from '../support/office.ts';
import { createDatabase } from '../support/postgres.ts';
import { PASSWORD, PostgresServer } from '../support/postgres-server.ts';
import type { Ended } from '../support/program.ts';

const PAIRS = 200;

function expectNoPassword({ stdout, stderr }: Ended): void {
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD)]) {
    expect(stdout + stderr).not.toContain(secret);
  }
}

test('the commands work on a ledger on Postgres, from folders that share nothing else', async () => {
  await using database = await createDatabase();
  const seed = plainSeed({ users: 10, groups: 2 });
  const settings = { LEDGER_URL: database.url, LOG_LEVEL: 'debug' };
  await using office = await openOffice({ seed }, settings);
  await using elsewhere = await openOffice({ seed }, settings);
  expect((await elsewhere.program.call('imports')).stdout).toBe('No imports yet.\n');
  expect((await elsewhere.program.call('status', '9999999999')).stderr).toMatch(
    /^error: There is no import 9999999999\./,
  );
  const ran = await office.program.call('run', office.file('a.csv', crowd(2, 3)), '--json');
  expectNoPassword(ran);
  const { importId, results, outcomes } = summaryOf(ran);
  expect(outcomes.invited).toBe(6);
  expect(readResults(results)).toHaveLength(6);
  expect(existsSync(join(office.folder, 'data/ledger.db'))).toBe(false);
  const imports = await elsewhere.program.call('imports');
  expect(imports.stdout).toMatch(/finished\s+6\s+6\s+0 .* a\.csv\n$/);
  expect((await elsewhere.program.call('results', String(importId))).stdout).toContain('returned');
});

test('a Postgres that does not let us in is told and not tried again, without the password', async () => {
  await using database = await createDatabase();
  const url = database.url.replace('tester', 'nemo');
  await using office = await openOffice({}, { LEDGER_URL: url });
  const ended = await office.program.call('run', office.file('a.csv', crowd(1, 1)));
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(
    /^error: The ledger postgres:\/\/127\.0\.0\.1:\d+\/\w+ does not let us in .*\n {7}Check the user/,
  );
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expectNoPassword(ended);
});

test('a restart of Postgres in the midst of a run loses nothing and sends nothing twice', async () => {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('Postgres is not installed.');
  const server = await PostgresServer.make(bin);
  try {
    await server.create();
    const seed = plainSeed({ users: 20, groups: 10 });
    await using office = await openOffice({ seed }, { LEDGER_URL: server.url, ...SHORT_TIMEOUT });
    await office.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
    const run = office.program.begin('run', office.file('a.csv', crowd(10, 20)), '--json');
    await office.untilGateIsFull();
    const worker = office.program.start('worker');
    await worker.says(/worker ready/);
    await server.stop();
    await office.removeGate();
    await worker.says(/The ledger postgres:[^"]* cannot be reached [^"]*It is tried again/);
    await server.start();
    const ended = await run.ended;
    expect(summaryOf(ended).outcomes.invited).toBe(PAIRS);
    expect(worker.child.exitCode).toBeNull();
    const worked = await worker.stop();
    for (const told of [ended, worked]) expectNoPassword(told);
    expect(worked.stderr.match(/cannot be reached/g)).toHaveLength(1);
    expect(worked.stderr).not.toMatch(/"unexpected"/);
    await expectEachOnce(office, PAIRS);
  } finally {
    await server.dispose();
  }
});
