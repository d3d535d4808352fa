import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { expectNoPassword } from '../../postgres/no-password.ts';
import { findPostgres } from '../../support/postgres/find-postgres.ts';
import { PostgresServer } from '../../support/postgres/postgres-server.ts';
import {
  crowd,
  expectEachOnce,
  openOffice,
  SHORT_TIMEOUT,
  summaryOf,
} from '../../support/program-harness.ts';

const PAIRS = 200;

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
