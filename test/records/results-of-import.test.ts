import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserId } from '../../src/domain/pairs/ids.ts';
import { recordUserNames } from '../../src/ledger/checks/user-name-store.ts';
import { completeRemoval, hideImport } from '../../src/ledger/imports/remove-import.ts';
import { resultsFile } from '../../src/records/results-file.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { cellsOf, unzip } from '../support/unzip.ts';
import { keepImport, openDataDir } from './kept-import.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

async function resultsOf(csv: string, dataDir: string) {
  const found = await keepImport(ledger.db, dataDir, csv);
  let text = '';
  for await (const piece of resultsFile(ledger.db, found, { dataDir })) text += piece;
  const rows: string[][] = parse(text, { bom: true });
  const [header = [], ...records] = rows;
  return { header, records, found };
}

const OURS = [
  'line',
  'group_id',
  'user_id',
  'outcome',
  'reason',
  'detail',
  'attempts',
  'settled_at',
];

test('results have the names on the portal, and the cells as the user wrote them', async () => {
  using dataDir = openDataDir();
  const csv =
    'Project;E-mail;Office\nSales;Anna@North.example;Riga\nSales;anna@north.example;Oslo\n' +
    '15;18;\n7;nobody@north.example;Rome\n';
  const { header, records } = await resultsOf(csv, dataDir.path);
  expect(header).toEqual([...OURS, 'user_name', 'group_name', 'Project', 'E-mail', 'Office']);
  expect(
    records.map(([line, group, user, outcome, ...more]) => [
      line,
      group,
      user,
      outcome,
      ...more.slice(4),
    ]),
  ).toEqual([
    ['2', '15', '17', 'pending', 'Anna Petrova', 'Sales', 'Sales', 'Anna@North.example', 'Riga'],
    ['3', '15', '17', 'duplicate', 'Anna Petrova', 'Sales', 'Sales', 'anna@north.example', 'Oslo'],
    ['4', '15', '18', 'pending', '', 'Sales', '15', '18', ''],
    ['5', '7', 'nobody@north.example', 'rejected', '', '', '7', 'nobody@north.example', 'Rome'],
  ]);
});

test('results of a file of ids under our names have no further columns', async () => {
  using dataDir = openDataDir();
  const { header } = await resultsOf('group_id,user_id\n15,18\n', dataDir.path);
  expect(header).toEqual([...OURS, 'user_name', 'group_name']);
});

test('a cell under one of our names is shown as well if it is a name', async () => {
  using dataDir = openDataDir();
  const { header, records } = await resultsOf(
    'group_id,user_id\nSales,ben@north.example\n',
    dataDir.path,
  );
  expect(header.slice(10)).toEqual(['source_group_id', 'source_user_id']);
  expect(records[0]?.slice(8)).toEqual(['Ben', 'Sales', 'Sales', 'ben@north.example']);
});

test('the latest name of a person counts, and names are purged with their import', async () => {
  const { db } = ledger;
  using dataDir = openDataDir();
  const { found } = await resultsOf('group_id,user_id\n15,18\n', dataDir.path);
  const ben = 18 as UserId;
  await recordUserNames(db, found.id, [{ id: ben, name: 'Ben' }]);
  await recordUserNames(db, found.id, [
    { id: ben, name: 'Benjamin' },
    { id: ben, name: 'Benjamin' },
  ]);
  const names = () =>
    db.selectFrom('user_names').select('name').where('import_id', '=', found.id).execute();
  expect(await names()).toEqual([{ name: 'Benjamin' }]);
  await hideImport(db, found.id);
  await completeRemoval(db, found.id);
  expect(await names()).toEqual([]);
});

test('a workbook has a summary, and a sheet for each outcome with the same cells', async () => {
  const { db } = ledger;
  using dataDir = openDataDir();
  const csv = 'group,email,note\nSales,ben@north.example,=1+1\n15,18,\n7,x,y\n';
  const { found } = await resultsOf(csv, dataDir.path);
  const sheets = async (filter: { outcome?: 'rejected' }) => {
    const options = { dataDir: dataDir.path, format: 'xlsx', ...filter } as const;
    const pieces: Buffer[] = [];
    for await (const piece of resultsFile(db, found, options)) pieces.push(Buffer.from(piece));
    const files = unzip(Buffer.concat(pieces));
    const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]+)"/g)];
    return names.map(([, name], at) => {
      return [name, cellsOf(files.get(`xl/worksheets/sheet${at + 1}.xml`) ?? '')] as const;
    });
  };
  const all = new Map(await sheets({}));
  expect([...all.keys()]).toEqual(['summary', 'rejected', 'duplicate', 'pending']);
  expect(all.get('summary')).toContainEqual(['A "total"', 'C 3']);
  expect(all.get('pending')?.[1]).toEqual([
    ...['A 2', 'B 15', 'C 18', 'D "pending"', 'G 0', 'I "Ben"', 'J "Sales"'],
    ...['K "Sales"', 'L "ben@north.example"', 'M "=1+1"'],
  ]);
  expect(all.get('rejected')?.[1]?.slice(0, 4)).toEqual(['A 4', 'B 7', 'C "x"', 'D "rejected"']);
  expect((await sheets({ outcome: 'rejected' })).map(([name]) => name)).toEqual([
    'summary',
    'rejected',
  ]);
});
