import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/domain/pairs/outcome.ts';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { writeTexts } from '../../../src/ledger/db/stored-texts.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { createImport } from '../../../src/ledger/imports/import-store.ts';
import { insertRowIssues, type RowIssue } from '../../../src/ledger/pairs/row-issues.ts';
import type { ImportRecord } from '../../../src/ledger/results/import-record.ts';
import { type RecordFilter, readRecords } from '../../../src/ledger/results/read-records.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, insertPairs, keys, type NewPair, newPairs, SOURCE } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const PER_PAGE = 50;

async function read(importId: number, filter?: RecordFilter): Promise<ImportRecord[]> {
  const list = [];
  for await (const record of readRecords(db, importId, filter, PER_PAGE)) list.push(record);
  return list;
}

const issueOf = (
  importId: number,
  seq: number,
  issue: Pick<RowIssue, 'outcome' | 'reason'> & Partial<RowIssue>,
): RowIssue => ({
  import_id: importId,
  seq,
  line: seq + 1,
  detail: null,
  group_cell: '1',
  user_cell: '1',
  ...issue,
});

/** @returns an import whose rows are what `kindOf` says, from seq 1 to `count` */
async function importWith(
  count: number,
  kindOf: (seq: number) => 'pair' | 'duplicate' | 'reject',
): Promise<number> {
  const id = await createImport(db, SOURCE);
  const pairs: NewPair[] = [];
  const issues: RowIssue[] = [];
  for (const pair of newPairs(keys(count))) {
    const kind = kindOf(pair.seq);
    if (kind === 'pair') pairs.push(pair);
    else if (kind === 'reject') {
      issues.push(issueOf(id, pair.seq, { outcome: 'rejected', reason: 'bad_row' }));
    } else {
      const reason = `of_line_${pair.seq - 1}`;
      issues.push(issueOf(id, pair.seq, { outcome: 'duplicate', reason }));
    }
  }
  await insertPairs(db, id, pairs);
  await insertRowIssues(db, issues);
  return id;
}

const ANN = verbatim('“ann” is not a user’s id');
const YOU = verbatim('you');

describe('readRecords', () => {
  test('tells pairs, duplicates and rejects in the order of the source', async () => {
    const id = await importOf(db, keys(2));
    await insertRowIssues(db, [
      issueOf(id, 4, { outcome: 'duplicate', reason: 'of_line_2', user_cell: '1' }),
      issueOf(id, 3, {
        outcome: 'rejected',
        reason: 'bad_user_id',
        detail: writeTexts([ANN]),
        user_cell: 'ann',
      }),
    ]);
    const range = { import_id: id, number: 0 };
    await recordOutcomes(db, range, [
      { seq: 2, verdict: { outcome: 'skipped', reason: 'caller', details: [YOU] } },
    ]);
    const waiting = { outcome: 'pending', reason: null, details: [], settledAt: null };
    const issue = { details: [], attempts: null, settledAt: null };
    expect(await read(id)).toEqual([
      { seq: 1, line: 2, groupId: '1', userId: '1', attempts: 0, ...waiting },
      {
        ...{ seq: 2, line: 3, groupId: '1', userId: '2', attempts: 0, settledAt: expect.any(Date) },
        ...{ outcome: 'skipped', reason: 'caller', details: [YOU] },
      },
      {
        ...{ seq: 3, line: 4, groupId: '1', userId: 'ann', ...issue },
        ...{ outcome: 'rejected', reason: 'bad_user_id', details: [ANN] },
      },
      {
        ...{ seq: 4, line: 5, groupId: '1', userId: '1', ...issue },
        ...{ outcome: 'duplicate', reason: 'of_line_2' },
      },
    ]);
  });

  test('tells nothing of an import without rows or that nobody knows', async () => {
    expect(await read(await createImport(db, SOURCE))).toEqual([]);
    expect(await read(0)).toEqual([]);
  });

  test('can be left early', async () => {
    const id = await importOf(db, keys(3));
    for await (const { seq } of readRecords(db, id)) {
      expect(seq).toBe(1);
      break;
    }
    expect(await read(id)).toHaveLength(3);
  });

  test.each<
    [name: string, count: number, kindOf: (seq: number) => 'pair' | 'duplicate' | 'reject']
  >([
    ['more than a page of pairs', 51, () => 'pair'],
    ['exactly two pages of rejects', 100, () => 'reject'],
    ['more than a page of both, in turn', 123, (seq) => (seq % 2 ? 'pair' : 'reject')],
    ['all pairs after all issues', 105, (seq) => (seq > 52 ? 'pair' : 'duplicate')],
    ['all issues after all pairs', 105, (seq) => (seq > 52 ? 'reject' : 'pair')],
  ])('leaves out nothing and repeats nothing: %s', async (_, count, kindOf) => {
    const id = await importWith(count, kindOf);
    const records = await read(id);
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    const outcomes = { pair: 'pending', duplicate: 'duplicate', reject: 'rejected' } as const;
    expect(records.every(({ seq, outcome }) => outcome === outcomes[kindOf(seq)])).toBe(true);
  });
});

describe('readRecords with a filter', () => {
  const COUNT = 360;
  let id: number;

  /** Of each six rows: three pairs, of which one was invited and one declined; the rest are issues. */
  beforeAll(async () => {
    id = await importWith(COUNT, (seq) => {
      if (seq % 2 === 0) return 'pair';
      return seq % 3 === 0 ? 'duplicate' : 'reject';
    });
    await db.transaction().execute(async (tx) => {
      const settle = (outcome: Outcome, reason: string, rest: number) =>
        tx
          .updateTable('pairs')
          .set({ outcome, reason })
          .where('import_id', '=', id)
          .where((eb) => eb(eb('seq', '%', 6), '=', rest))
          .execute();
      await settle('invited', 'returned', 2);
      await settle('failed', 'declined', 4);
    });
  });

  const every = (test: (seq: number) => boolean): number[] =>
    Array.from({ length: COUNT }, (_, i) => i + 1).filter(test);

  test.each<[filter: RecordFilter, test: (seq: number) => boolean]>([
    [{}, () => true],
    [{ outcome: 'pending' }, (seq) => seq % 6 === 0],
    [{ outcome: 'invited' }, (seq) => seq % 6 === 2],
    [{ outcome: 'rejected' }, (seq) => seq % 2 === 1 && seq % 3 !== 0],
    [{ outcome: 'duplicate' }, (seq) => seq % 6 === 3],
    [{ outcome: 'skipped' }, () => false],
    [{ reason: 'declined' }, (seq) => seq % 6 === 4],
    [{ reason: 'bad_row' }, (seq) => seq % 2 === 1 && seq % 3 !== 0],
    [{ reason: 'of_line_N' }, (seq) => seq % 6 === 3],
    [{ reason: 'of_line_8' }, (seq) => seq === 9],
    [{ reason: 'no such reason' }, () => false],
    [{ outcome: 'failed', reason: 'declined' }, (seq) => seq % 6 === 4],
    [{ outcome: 'duplicate', reason: 'of_line_N' }, (seq) => seq % 6 === 3],
    [{ outcome: 'invited', reason: 'declined' }, () => false],
    [{ outcome: 'rejected', reason: 'of_line_N' }, () => false],
  ])('%o', async (filter, test) => {
    expect((await read(id, filter)).map(({ seq }) => seq)).toEqual(every(test));
  });
});
