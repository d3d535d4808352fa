import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  summaryOf,
} from '../../support/program-harness.ts';

const PAIRS = 200;

test('while another program locks the ledger, a run keeps the answers and commands report the lock', async () => {
  const seed = plainSeed({ users: 20, groups: 10 });
  await using harness = await openHarness({ seed }, { ...PRIVATE_REDIS, LOG_LEVEL: 'warn' });
  const file = harness.file('a.csv', crowd(10, 20));
  await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
  const run = harness.program.start('run', file, '--json');
  await harness.untilGateIsFull();
  using other = new DatabaseSync(join(harness.folder, 'data/ledger.db'), { timeout: 90_000 });
  other.exec('begin immediate');
  await harness.removeGate();
  await run.prints(/the ledger cannot be reached: an answer is kept/);
  const paused = await harness.program.call('pause', '1');
  expect(paused.stderr).toMatch(/^error: \S+ is locked by another program/);
  expect(paused.stderr).not.toMatch(/^\s+at /m);
  expect(paused.code).toBe(1);
  other.exec('rollback');
  expect(summaryOf(await run.ended).reasons).toEqual({ returned: PAIRS });
  await expectEachOnce(harness, PAIRS);
});
