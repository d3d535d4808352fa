import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { insertUserChecks } from '../../../src/ledger/checks/user-checks.ts';
import { DistinctUsers, readUsers } from '../../../src/ledger/external-sort/distinct-users.ts';
import { readGroupPairs, readKeys } from '../../../src/ledger/pairs/pair-keys.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, type Key } from '../sample-pairs.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

async function pages<T>(items: AsyncIterable<T[]>): Promise<T[][]> {
  const found: T[][] = [];
  for await (const page of items) found.push(page);
  return found;
}

/** Groups 1 to 3 with the same 40 users each. */
const LARGE: Key[] = Array.from({ length: 120 }, (_, at) => [
  1 + Math.floor(at / 40),
  1 + (at % 40),
]);

describe('the keys of an import', () => {
  test('are read in order, page by page, without keys of another import', async () => {
    await importOf(ledger.db, [[2, 77]]);
    const id = await importOf(ledger.db, LARGE);
    await importOf(ledger.db, [[2, 88]]);
    const found = await pages(readKeys(ledger.db, id, undefined, { perPage: 25 }));
    expect(found.map((page) => page.length)).toEqual([25, 25, 25, 25, 20]);
    expect(found.flat().map(({ groupId, userId }) => [groupId, userId])).toEqual(LARGE);
  });

  test('are restricted to a range of groups, both ends included', async () => {
    const list: Key[] = [1, 2, 3, 4, 5].flatMap((group) => [
      [group, 1],
      [group, 9],
    ]);
    const id = await importOf(ledger.db, list);
    const found = await pages(readKeys(ledger.db, id, { first: 2, last: 4 }));
    expect(found.flat().map(({ groupId }) => groupId)).toEqual([2, 2, 3, 3, 4, 4]);
  });

  test('show missing users, not dismissed ones, of this import only', async () => {
    const list: Key[] = [
      [1, 1],
      [1, 2],
      [1, 3],
    ];
    const [id, other] = [await importOf(ledger.db, list), await importOf(ledger.db, list)];
    await insertUserChecks(ledger.db, id, [
      { id: 2 as UserId, state: 'missing', name: null },
      { id: 3 as UserId, state: 'dismissed', name: 'Ann' },
    ]);
    const missing = async (of: number) =>
      (await pages(readKeys(ledger.db, of))).flat().map(({ isMissing }) => isMissing);
    expect(await missing(id)).toEqual([false, true, false]);
    expect(await missing(other)).toEqual([false, false, false]);
  });

  test('are counted by group, page by page', async () => {
    const list: Key[] = [3, 3, 5, 8, 8, 8].map((group, user) => [group, user + 1]);
    const id = await importOf(ledger.db, list);
    expect(await pages(readGroupPairs(ledger.db, id, 2))).toEqual([
      [
        { id: 3, pairs: 2 },
        { id: 5, pairs: 1 },
      ],
      [{ id: 8, pairs: 3 }],
    ]);
  });
});

describe('the users of an import', () => {
  test('are read once each, ordered by id, page by page', async () => {
    const id = await importOf(ledger.db, LARGE);
    const found = await pages(readUsers(ledger.db, id, 15));
    expect(found.map((page) => page.length)).toEqual([15, 15, 10]);
    expect(found.flat()).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  });

  test('are counted once each', async () => {
    using users = new DistinctUsers();
    expect(await users.count()).toBe(0);
    using others = new DistinctUsers();
    for (const id of [7, 3, 7, 3, 2_147_483_647]) others.add(id as UserId);
    expect(await others.count()).toBe(3);
  });

  test('are in order, once each, when they exceed the memory limit', async () => {
    using users = new DistinctUsers(2_000);
    const many = Array.from({ length: 5_500 }, (_, at) => (at + 1) as UserId);
    for (const id of [...many.toReversed(), ...many]) users.add(id);
    expect((await pages(users.pages(1_000))).flat()).toEqual(many);
  });
});
