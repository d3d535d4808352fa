import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, SHORT_TIMEOUT, summaryOf } from '../support/office.ts';

const SLOW = { seed: plainSeed({ users: 100, groups: 20 }), inviteSeconds: 0.01 };
const PAIRS = 2_000;

test('a ledger that another program locks stops the run in plain words, and it goes on later', async () => {
  await using office = await openOffice(SLOW, SHORT_TIMEOUT);
  const file = office.file('a.csv', crowd(20, 100));
  const run = office.program.start('run', file);
  await office.until(({ invitationsSent }) => invitationsSent > 50);
  const other = new DatabaseSync(join(office.folder, 'data/ledger.db'), { timeout: 5_000 });
  other.exec('begin immediate');
  const { code, stderr } = await run.ended;
  expect(stderr).toMatch(/error: the ledger is locked by another program/i);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  other.exec('rollback');
  other.close();
  await office.order('limits', { inviteSeconds: 0.000_1 });
  const again = summaryOf(await office.program.call('run', file, '--json'));
  expect(again).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
  const { notifications } = await office.truth();
  expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
});
