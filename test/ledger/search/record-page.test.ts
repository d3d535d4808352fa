import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GroupId, UserId } from '../../../src/domain/pairs/ids.ts';
import { recordGroupNames } from '../../../src/ledger/checks/group-name-store.ts';
import { recordUserNames } from '../../../src/ledger/checks/user-name-store.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { matchingRecords } from '../../../src/ledger/search/matching-records.ts';
import { type PageWanted, readRecordPage } from '../../../src/ledger/search/record-page.ts';
import type { WantedRecords } from '../../../src/ledger/search/wanted-records.ts';
import { takeCsv } from '../../support/ledger/take-csv.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, PORTAL } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
let id: number;

const CSV = `group_id,user_id
2,20
2,21
7,20
7,22
2,20
2,Иванова@example.com
7,1__x
`;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
  const source = { fileName: 'team.csv', fileDigest: 'd1', portal: PORTAL, message: null };
  id = await takeCsv(db, source, async function* () {
    yield Buffer.from(CSV);
  });
  const name = (user: number, text: string) => ({ id: user as UserId, name: text });
  const people = [name(20, 'Ирина Соколова'), name(21, 'Boris Young'), name(22, '100% Sure')];
  await recordUserNames(db, id, people);
  await recordGroupNames(db, id, new Map([[7 as GroupId, 'Маркетинг']]));
  await db.updateTable('imports').set({ state: 'running' }).where('id', '=', id).execute();
  const range = await claimed(db, id);
  await recordOutcomes(db, range, [
    { seq: 1, verdict: { outcome: 'failed', reason: 'banned' } },
    { seq: 4, verdict: { outcome: 'failed', reason: 'declined' } },
    { seq: 2, verdict: { outcome: 'invited', reason: 'returned' } },
  ]);
});
afterAll(() => ledger[Symbol.asyncDispose]());

const lines = async (wanted: WantedRecords, page: Partial<PageWanted> = {}) => {
  const found = await readRecordPage(db, id, wanted, { page: 1, limit: 50, ...page });
  return found.records.map(({ line }) => line);
};

test.each<[WantedRecords, number[]]>([
  [{}, [2, 3, 4, 5, 6, 7, 8]],
  [{ text: 'ирина' }, [2, 4, 6]],
  [{ text: 'СОКОЛОВА ирина' }, [2, 4, 6]],
  [{ text: 'маркет' }, [4, 5, 8]],
  [{ text: 'young' }, [3]],
  [{ text: '20' }, [2, 4, 6]],
  [{ text: '0%' }, [5]],
  [{ text: '_' }, [8]],
  [{ text: 'иванова@' }, [7]],
  [{ text: 'nobody' }, []],
  [{ text: 'ирина', outcome: 'failed' }, [2]],
  [{ text: 'маркет', reason: 'declined' }, [5]],
  [{ outcome: 'pending' }, [4]],
  [{ outcome: 'duplicate', text: 'ирина' }, [6]],
  [{ reason: 'of_line_N' }, [6]],
  [{ reason: 'of_line_2' }, [6]],
  [{ outcome: 'failed', groupId: 7 as GroupId }, [5]],
  [{ userId: 20 as UserId }, [2, 4, 6]],
  [{ places: [7, 1, 3] }, [2, 4, 8]],
  [{ places: [7, 1, 3], outcome: 'failed' }, [2]],
])('finds the records for %o', async (wanted, expected) => {
  expect(await lines(wanted)).toEqual(expected);
});

test.each<[Partial<PageWanted>, number[]]>([
  [{ sort: 'line', isDescending: true }, [8, 7, 6, 5, 4, 3, 2]],
  [{ sort: 'outcome' }, [3, 2, 5, 7, 8, 6, 4]],
  [{ sort: 'group' }, [2, 3, 6, 7, 4, 5, 8]],
  [{ page: 2, limit: 3 }, [5, 6, 7]],
  [{ page: 3, limit: 3 }, [8]],
  [{ page: 9, limit: 3 }, []],
  [{ after: 4 }, [6, 7, 8]],
])('sorts and numbers pages: %o', async (page, expected) => {
  expect(await lines({}, page)).toEqual(expected);
});

test('counts what meets the criteria', async () => {
  const page = { page: 1, limit: 2 };
  expect(await readRecordPage(db, id, {}, page)).toMatchObject({
    ...{ total: 7, isExact: true, hasMore: true },
  });
  expect(await readRecordPage(db, id, { text: 'ирина' }, page)).toMatchObject({
    ...{ total: 3, isExact: true, hasMore: true },
  });
  const all = [];
  for await (const { line } of matchingRecords(db, id, { text: 'маркет' }, 4)) all.push(line);
  expect(all).toEqual([8]);
});
