import { expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { DistinctUsers, readUsers } from '../../../src/ledger/external-sort/distinct-users.ts';
import { readKeys } from '../../../src/ledger/pairs/pair-keys.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, keys } from '../sample-pairs.ts';

const ENOUGH = new Error('enough');

test('aborts the ledger reads of a check at the next page', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, keys(6_000));
  const abort = new AbortController();
  const { signal } = abort;
  const pairs = readKeys(db, id, undefined, { signal });
  expect((await pairs.next()).done).toBe(false);
  const people = readUsers(db, id, 1, signal);
  expect((await people.next()).done).toBe(false);
  abort.abort(ENOUGH);
  await expect(pairs.next()).rejects.toBe(ENOUGH);
  await expect(readUsers(db, id, 1, signal).next()).rejects.toBe(ENOUGH);
  using many = new DistinctUsers();
  for (let user = 1; user <= 10_000; user++) many.add(user as UserId);
  await expect(many.count(signal)).rejects.toBe(ENOUGH);
});
