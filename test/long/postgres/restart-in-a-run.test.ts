import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { expectNoPassword } from '../../postgres/no-password.ts';
import { findPostgres } from '../../support/postgres/find-postgres.ts';
import { PostgresServer } from '../../support/postgres/postgres-server.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  SHORT_TIMEOUT,
  summaryOf,
} from '../../support/program-harness.ts';

const PAIRS = 200;

test('a restart of Postgres during a run loses no outcome and sends no invitation twice', async () => {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('Postgres is not installed.');
  const server = await PostgresServer.make(bin);
  try {
    await server.create();
    const seed = plainSeed({ users: 20, groups: 10 });
    await using harness = await openHarness({ seed }, { LEDGER_URL: server.url, ...SHORT_TIMEOUT });
    await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
    const run = harness.program.begin('run', harness.file('a.csv', crowd(10, 20)), '--json');
    await harness.untilGateIsFull();
    const worker = harness.program.start('worker');
    await worker.prints(/worker ready/);
    await server.stop();
    await harness.removeGate();
    await worker.prints(/The ledger postgres:[^"]* cannot be reached [^"]*Retrying until it works/);
    await server.start();
    const ended = await run.ended;
    expect(summaryOf(ended).outcomes.invited).toBe(PAIRS);
    expect(worker.child.exitCode).toBeNull();
    const worked = await worker.stop();
    for (const reported of [ended, worked]) expectNoPassword(reported);
    expect(worked.stderr.match(/cannot be reached/g)).toHaveLength(1);
    expect(worked.stderr).not.toMatch(/"unexpected"/);
    await expectEachOnce(harness, PAIRS);
  } finally {
    await server.dispose();
  }
});
