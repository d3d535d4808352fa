import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { findByEmail, ImportEmails, readEmails } from '../../../src/ledger/pairs/import-emails.ts';
import { insertRowIssues } from '../../../src/ledger/pairs/row-issues.ts';
import { type Sought, searchPerson } from '../../../src/ledger/results/search-person.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, removeImport } from '../sample-pairs.ts';

const ANN = 3 as UserId;
const BORIS = 5 as UserId;
const EMAIL = 'Ann@Example.com';

let ledger: TestLedger;
let db: Db;
let older: number;
let newer: number;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
  older = await importOf(db, [
    [2, ANN],
    [2, BORIS],
    [4, ANN],
    [33, ANN],
  ]);
  newer = await importOf(db, [
    [7, BORIS],
    [7, ANN],
  ]);
  await rejectIn(older, 5, '3');
  await rejectIn(newer, 3, 'ANN@example.com');
  await new ImportEmails(newer).keep(db, new Map([['ann@example.com', ANN]]));
});
afterAll(() => ledger[Symbol.asyncDispose]());

const rejectIn = (importId: number, seq: number, userCell: string) =>
  insertRowIssues(db, [
    {
      ...{ import_id: importId, seq, line: seq + 1, outcome: 'rejected', reason: 'bad_row' },
      ...{ detail: null, group_cell: '', user_cell: userCell },
    },
  ]);

/** @returns all pages, as `import/line` */
async function found(sought: Sought, limit: number): Promise<string[]> {
  const list: string[] = [];
  let after: readonly number[] | undefined;
  for (;;) {
    const { records, next } = await searchPerson(db, sought, { after, limit });
    list.push(...records.map(({ importId, line }) => `${importId}/${line}`));
    if (next === undefined) return list;
    expect(records).toHaveLength(limit);
    after = next;
  }
}

const at = (importId: number, ...lines: number[]) => lines.map((line) => `${importId}/${line}`);

test.each([1, 2, 3, 100])(
  'finds a person over all imports, the newest first, %i per page',
  async (limit) => {
    const byId = [...at(newer, 3), ...at(older, 2, 4, 5, 6)];
    expect(await found({ userIds: [ANN] }, limit)).toEqual(byId);
    const byAddress = { userIds: [], email: EMAIL };
    expect(await found(byAddress, limit)).toEqual(at(newer, 4));
    const both = [...at(newer, 3, 4), ...at(older, 2, 4, 5, 6)];
    expect(await found({ userIds: [ANN], email: EMAIL }, limit)).toEqual(both);
    expect(await found({ userIds: [BORIS, ANN] }, limit)).toEqual([
      ...at(newer, 2, 3),
      ...at(older, 2, 3, 4, 5, 6),
    ]);
    expect(await found({ userIds: [99 as UserId], email: 'x@y.zz' }, limit)).toEqual([]);
  },
);

test('finds users by an address as the portal resolved it, until the import is removed', async () => {
  expect(await findByEmail(db, EMAIL)).toEqual([ANN]);
  expect([...(await readEmails(db, newer, [ANN, BORIS]))]).toEqual([[ANN, 'ann@example.com']]);
  expect(await findByEmail(db, 'x@y.zz')).toEqual([]);
  const gone = await importOf(db, [[9, ANN]]);
  expect(await found({ userIds: [ANN] }, 1)).toContain(`${gone}/2`);
  await removeImport(db, gone);
  expect(await found({ userIds: [ANN] }, 1)).not.toContain(`${gone}/2`);
});
