import { afterAll, beforeAll, expect, test } from 'vitest';
import { createImport } from '../../../src/ledger/imports/import-store.ts';
import { insertRowIssues } from '../../../src/ledger/pairs/row-issues.ts';
import { searchPerson } from '../../../src/ledger/results/search-person.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { SOURCE } from '../sample-pairs.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

/** Spellings of one address; the lower case of `İ` is more than one character. */
const SPELLINGS = [
  ['anna@example.com', 'ANNA@Example.COM'],
  ['анна@пример.рф', 'АННА@Пример.РФ'],
  ['jörg@müller.de', 'JÖRG@Müller.DE'],
  ['İpek@example.com', 'İPEK@EXAMPLE.COM'],
  ['ὀδυσσεύς@example.gr', 'ὈΔΥΣΣΕΎς@EXAMPLE.GR'],
] as const;

test.each(SPELLINGS)('finds an address in a reject regardless of case: %s, %s', async (...both) => {
  const { db } = ledger;
  const id = await createImport(db, SOURCE);
  const issue = { import_id: id, line: 2, outcome: 'rejected', reason: 'unknown_email' } as const;
  const cells = { detail: null, group_cell: '1' };
  await insertRowIssues(
    db,
    both.map((user_cell, at) => ({ ...issue, ...cells, seq: at + 1, user_cell })),
  );
  for (const email of both) {
    const { records } = await searchPerson(db, { userIds: [], email: ` ${email} ` }, { limit: 9 });
    expect(records.map(({ userId }) => userId)).toEqual(both);
  }
});
