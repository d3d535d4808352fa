import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { createImport } from '../../../src/ledger/imports/import-store.ts';
import { PairIntake } from '../../../src/ledger/pairs/pair-intake.ts';
import { readRecords } from '../../../src/ledger/results/read-records.ts';
import { addToTallies, readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { runs } from '../../support/vitest/properties.ts';
import {
  countsOf,
  inColumns,
  insertPairs,
  type Key,
  keys,
  newPairs,
  recount,
  SOURCE,
} from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

/** The stored rows, in the source's order. */
async function stored(importId: number): Promise<string[]> {
  const lines = [];
  for await (const row of readRecords(db, importId)) {
    const { seq, line, groupId, userId, reason } = row;
    lines.push(`${seq}: ${groupId} ${userId} on line ${line}, ${reason ?? 'new'}`);
  }
  return lines;
}

/** The expected rows: the first of each pair is new, the others name its line. */
function expected(list: readonly Key[]): string[] {
  const firsts = new Map<string, number>();
  return newPairs(list).map(({ seq, line, group_id, user_id }) => {
    const key = `${group_id} ${user_id}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, line);
    return `${seq}: ${key} on line ${line}, ${first === undefined ? 'new' : `of_line_${first}`}`;
  });
}

/** @returns the import's id, and the number of duplicates */
async function takeIn(
  pieces: readonly (readonly Key[])[],
  rowsPerRun?: number,
  keysPerCommit?: number,
) {
  const id = await createImport(db, SOURCE);
  using intake = new PairIntake(id, rowsPerRun, keysPerCommit);
  let seq = 1;
  for (const piece of pieces) {
    const pairs = newPairs(piece, seq);
    seq += piece.length;
    await db.transaction().execute((tx) => intake.append(tx, inColumns(pairs)));
    await addToTallies(db, id, [{ outcome: 'pending', reason: null, count: piece.length }]);
  }
  return { id, duplicates: await intake.finish((act) => db.transaction().execute(act)) };
}

const keysOf = (importId: number) =>
  db
    .selectFrom('pair_keys')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'pair_keys.import_id')
        .onRef('pairs.seq', '=', 'pair_keys.seq')
        .onRef('pairs.group_id', '=', 'pair_keys.group_id')
        .onRef('pairs.user_id', '=', 'pair_keys.user_id'),
    )
    .select('pairs.seq')
    .where('pairs.import_id', '=', importId)
    .execute();

describe('PairIntake', () => {
  test('keeps the first of each pair, and turns the others into duplicates', async () => {
    const id = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom(2_048, 2_147_483_647));
    const pieces = fc.array(fc.array(fc.tuple(id, id), { maxLength: 15 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 40 }), async (given, rowsPerRun) => {
        const { id, duplicates } = await takeIn(given, rowsPerRun);
        const rows = expected(given.flat());
        expect(await stored(id)).toEqual(rows);
        expect(duplicates).toBe(rows.filter((row) => row.includes('of_line')).length);
        expect(await keysOf(id)).toHaveLength(rows.length - duplicates);
        expect(countsOf(await readTallies(db, id))).toEqual(await recount(db, id));
      }),
      { numRuns: runs(isOnPostgres ? 8 : 20) },
    );
  });

  test('finds duplicates within a statement and across statements and transactions', async () => {
    const fresh = keys(2_500);
    const first = [...fresh.slice(0, 10), ...fresh.slice(0, 3), ...fresh.slice(10).toReversed()];
    const second = [...fresh.slice(490), [9_999, 1] as const, ...fresh.slice(0, 240)];
    const { id, duplicates } = await takeIn([first, second], 800, 1_000);
    expect(duplicates).toBe(3 + 2_010 + 240);
    expect(await stored(id)).toEqual(expected([...first, ...second]));
  });

  test('does not count the same pair in another import as a duplicate', async () => {
    const [one, other] = [await createImport(db, SOURCE), await createImport(db, SOURCE)];
    await insertPairs(db, one, newPairs([[1, 2]]));
    await insertPairs(db, other, newPairs([[1, 2]]));
    expect(await stored(other)).toEqual(['1: 1 2 on line 2, new']);
  });

  test('accepts an import without pairs', async () => {
    const { id, duplicates } = await takeIn([[]]);
    expect(duplicates).toBe(0);
    expect(await stored(id)).toEqual([]);
  });
});
