import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../../src/ledger/db/schema.ts';
import {
  claimChunk,
  divideIntoChunks,
  hasUnsettled,
  ownsChunk,
} from '../../../src/ledger/delivery/chunks.ts';
import { countChunksToDo } from '../../../src/ledger/delivery/chunks-to-do.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { createImport } from '../../../src/ledger/imports/import-store.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { runs } from '../../support/vitest/properties.ts';
import {
  claimed,
  importOf,
  insertPairs,
  type Key,
  keys,
  newPairs,
  SOURCE,
} from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const byKey = ([group, user]: Key, [otherGroup, otherUser]: Key): number =>
  group - otherGroup || user - otherUser;

async function pairsInChunk(importId: number, number: number): Promise<Key[]> {
  const pairs = await readSendable(db, await claimed(db, importId, number));
  return pairs.map(({ groupId, userId }): Key => [groupId, userId]);
}

/** Divides a new import into chunks. @returns the pairs of each chunk */
async function divided(
  list: readonly Key[],
  size: number,
  maxGroups = list.length + 1,
  perInsert?: number,
): Promise<Key[][]> {
  const id = await createImport(db, SOURCE);
  await insertPairs(db, id, newPairs(list));
  const limits = { size, maxGroups, ...(perInsert !== undefined && { perInsert }) };
  await divideIntoChunks(db, id, limits);
  const numbers = await unsettledChunks(db, id);
  expect(numbers).toEqual(numbers.map((_, i) => i));
  const chunks: Key[][] = [];
  for (const number of numbers) chunks.push(await pairsInChunk(id, number));
  return chunks;
}

/** The expected chunks: a chunk ends when the next pair exceeds a limit. */
function upTo(size: number, list: readonly Key[], maxGroups = list.length + 1): Key[][] {
  const chunks: Key[][] = [];
  let groups = new Set<number>();
  for (const key of list) {
    const last = chunks.at(-1);
    const newGroup = groups.has(key[0]) ? 0 : 1;
    if (last !== undefined && last.length < size && groups.size + newGroup <= maxGroups) {
      last.push(key);
      groups.add(key[0]);
    } else {
      chunks.push([key]);
      groups = new Set([key[0]]);
    }
  }
  return chunks;
}

describe('divideIntoChunks', () => {
  test('puts each pair into exactly one full chunk, in order of group and user', async () => {
    const key = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    const list = fc.uniqueArray(key, { maxLength: 60, selector: String });
    const most = fc.integer({ min: 1, max: 20 });
    await fc.assert(
      fc.asyncProperty(list, most, most, async (pairs, size, maxGroups) => {
        const expected = upTo(size, pairs.toSorted(byKey), maxGroups);
        expect(await divided(pairs, size, maxGroups)).toEqual(expected);
      }),
      { numRuns: runs(isOnPostgres ? 8 : 20) },
    );
  });

  test('writes all chunks, in batches of the given size', async () => {
    const list = keys(100);
    for (const perInsert of [1, 3, 7]) {
      expect(await divided(list, 15, undefined, perInsert)).toEqual(upTo(15, list));
    }
  });

  test('divides enough pairs to update the table statistics', async () => {
    const list = keys(10_001);
    expect(await divided(list.toReversed(), 1_000)).toEqual(upTo(1_000, list));
  });

  test('ends a chunk with the last pair of its last allowed group', async () => {
    const users = (group: number, count: number) =>
      keys(count).map(([, user]): Key => [group, user]);
    const list = [...users(1, 1), ...users(2, 3), ...users(5, 4), ...users(900, 1)];
    const chunks = await divided(list, 10, 2);
    expect(chunks.map((chunk) => chunk.length)).toEqual([4, 5]);
  });

  test('creates no chunks without pairs', async () => {
    expect(await divided([], 10)).toEqual([]);
  });

  test('contains only pairs of its import', async () => {
    const [one, other] = [
      await importOf(db, [
        [1, 1],
        [3, 3],
      ]),
      await importOf(db, [[2, 2]], { portal: 'other.bitrix24.com' }),
    ];
    expect(await pairsInChunk(one, 0)).toEqual([
      [1, 1],
      [3, 3],
    ]);
    expect(await pairsInChunk(other, 0)).toEqual([[2, 2]]);
  });
});

describe('a chunk', () => {
  test('is owned by the last claimant', async () => {
    const id = await importOf(db, keys(4), { chunkSize: 2 });
    const range = await claimed(db, id, 0, 'first');
    expect(await ownsChunk(db, range, 'first')).toBe(true);

    expect(await claimed(db, id, 0, 'second')).toEqual(range);
    expect(await ownsChunk(db, range, 'first')).toBe(false);
    expect(await ownsChunk(db, range, 'second')).toBe(true);
  });

  test('is claimed independently of other chunks', async () => {
    const id = await importOf(db, keys(4), { chunkSize: 2 });
    const other = await importOf(db, keys(4), { chunkSize: 2 });
    await claimed(db, id, 0, 'me');
    expect(await ownsChunk(db, await claimed(db, id, 1, 'you'), 'me')).toBe(false);
    expect(await ownsChunk(db, await claimed(db, other, 0, 'you'), 'me')).toBe(false);
    expect(await ownsChunk(db, await claimed(db, id, 0, 'me'), 'me')).toBe(true);
  });

  test('cannot be claimed when it does not exist', async () => {
    const id = await importOf(db, keys(4), { chunkSize: 2 });
    expect(await claimChunk(db, id, 2, 'me')).toBeUndefined();
    expect(await claimChunk(db, 0, 0, 'me')).toBeUndefined();
    const range = { ...(await claimed(db, id)), number: 2 };
    expect(await ownsChunk(db, range, 'me')).toBe(false);
    expect(await hasUnsettled(db, range)).toBe(false);
  });

  test('cannot be claimed when all its pairs have an outcome', async () => {
    const portal = 'to-do.bitrix24.com';
    const id = await importOf(db, keys(5), { chunkSize: 2, portal });
    for (const state of ['ready', 'paused'] as const)
      await importOf(db, keys(5), { portal, state });
    const range = await claimed(db, id, 1, 'me');
    const settle = (seq: number) =>
      recordOutcomes(db, range, [{ seq, verdict: { outcome: 'invited', reason: 'returned' } }]);
    expect(await unsettledChunks(db, id)).toEqual([0, 1, 2]);

    await settle(3);
    expect(await hasUnsettled(db, range)).toBe(true);
    expect(await countChunksToDo(db, portal)).toEqual(new Map([[id, 3]]));

    await settle(4);
    expect(await hasUnsettled(db, range)).toBe(false);
    expect(await unsettledChunks(db, id)).toEqual([0, 2]);
    expect(await countChunksToDo(db, portal)).toEqual(new Map([[id, 2]]));
    expect(await claimChunk(db, id, 1, 'you')).toBeUndefined();
    expect(await ownsChunk(db, range, 'me')).toBe(true);
  });
});
