import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, expectEachOnce, openOffice, PRIVATE_REDIS, summaryOf } from '../support/office.ts';

const PAIRS = 200;

test('a ledger that another program locks stops the run in plain words, and it goes on later', async () => {
  const seed = plainSeed({ users: 20, groups: 10 });
  await using office = await openOffice({ seed }, PRIVATE_REDIS);
  const file = office.file('a.csv', crowd(10, 20));
  await office.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
  const run = office.program.begin('run', file);
  await office.untilGateIsFull();
  const other = new DatabaseSync(join(office.folder, 'data/ledger.db'), { timeout: 90_000 });
  other.exec('begin immediate');
  await office.removeGate();
  const { code, stderr } = await run.ended;
  expect(stderr).toMatch(/error: the ledger is locked by another program/i);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  other.exec('rollback');
  other.close();
  await office.ageRequests();
  const again = summaryOf(await office.program.call('run', file, '--json'));
  expect(again).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
  await expectEachOnce(office, PAIRS);
});
