import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCheck, recordCheck } from '../../../src/ledger/checks/check-store.ts';
import { changeMessage } from '../../../src/ledger/imports/change-message.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, keys } from '../sample-pairs.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

const CHECK = {
  checkedAt: new Date(),
  notShown: [],
  people: 1,
  invitations: { pairs: 1, people: 1 },
  forecast: { seconds: 1, limit: 'work', requests: 1, costPerInviteSeconds: 1, assumed: true },
  filteredTexts: 0,
} as const;

test('a new text renews the warning of texts that the portal may change', async () => {
  const { db } = ledger;
  const id = await importOf(db, keys(2), { state: 'ready' });
  await recordCheck(db, id, CHECK);
  const warnedOf = async (message: string | null, mayChangeTexts = true) => {
    expect(await changeMessage(db, id, message, { actor: 'admin', mayChangeTexts })).toBe(true);
    return (await readCheck(db, id))?.filteredTexts;
  };
  expect(await warnedOf('select a day from the list')).toBe(1);
  expect(await warnedOf('Welcome')).toBe(0);
  expect(await warnedOf('<b>Welcome</b>')).toBe(1);
  expect(await warnedOf('<b>Welcome</b>', false)).toBe(0);
  expect(await warnedOf(null)).toBe(0);
});
