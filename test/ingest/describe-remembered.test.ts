import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { encodeText } from '../../scripts/encode-text.ts';
import type { GivenFormat } from '../../src/files/csv/detect-format.ts';
import { describeRemembered } from '../../src/ingest/describe-remembered.ts';
import { describeReread } from '../../src/ingest/describe-reread.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { createImport } from '../../src/ledger/imports/import-store.ts';
import { keepImportChoices, rememberChoices } from '../../src/ledger/imports/remembered-choices.ts';
import { chunked } from '../files/source.ts';
import { SOURCE } from '../ledger/sample-pairs.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { xlsx } from '../support/workbooks/write-xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-remembered-'));
afterAll(() => rmSync(folder, { recursive: true }));

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());
beforeEach(async () => {
  await db.deleteFrom('remembered_choices').execute();
});

const SETTINGS = { portal: 'x.example', message: null };
/** A file is recognized as a workbook by its own bytes. */
const placed = (bytes: Uint8Array): string => {
  const path = join(folder, 'source');
  writeFileSync(path, bytes);
  return path;
};
const kept = (content: string | Uint8Array) => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    fileName: 'a.csv',
    digest: 'd',
    path: placed(bytes),
    maxBytes: 1e6,
    open: () => chunked(bytes, [1_000]),
    content: () => chunked(bytes, [1_000]),
  };
};

const describe = (content: string | Uint8Array, given: GivenFormat = {}) =>
  describeRemembered(db, kept(content), given, SETTINGS);

/** Reads a file as an import that is started. */
async function start(content: string | Uint8Array, given: GivenFormat): Promise<void> {
  const { choices } = await describe(content, given);
  if (choices === undefined) return;
  const id = await createImport(db, SOURCE);
  await keepImportChoices(db, id, choices);
  await rememberChoices(db, id);
}

const CHOSEN = { group: '2', user: '1' };

test('columns are taken again for the same header, also in another delimiter', async () => {
  await start('who,where,text\n3,15,Hi\n', { columns: { ...CHOSEN, message: false } });
  const { format, choices } = await describe('Who;Where;Text\n4;15;Hi\n');
  expect(format).toMatchObject({ columns: { group: 1, user: 0 }, messageOff: true });
  expect(format.columns.message).toBeUndefined();
  expect(choices?.remembered).toBe('{"columns":{"group":"2","user":"1","message":false}}');
  // They stay remembered as a whole when that import starts.
  expect(choices?.choices).toBe(choices?.remembered);
});

test('columns that were chosen among several are taken again where none could be detected', async () => {
  await start('group,project,user\n1,15,3\n', { columns: { group: 'project' } });
  expect((await describe('group,project,user\n1,16,3\n')).format.columns.group).toBe(1);
  await expect(
    describeRemembered(undefined, kept('group,project,user\n1,16,3\n'), {}, SETTINGS),
  ).rejects.toThrow('2 columns could be the group');
  await expect(describe('group,project,user,team\n1,16,3,4\n')).rejects.toThrow(
    '2 columns could be',
  );
});

test('an encoding is taken again before the header can be read', async () => {
  const file = (text: string) =>
    encodeText(`группа,сотрудник,текст\n15,3,${text}\n`, 'windows-1251');
  await start(file('Привет'), { encoding: 'windows-1251' });
  // Read alone, these letters would be taken for Windows-1252.
  const { format, choices } = await describe(file('Я'));
  expect(format).toMatchObject({ encoding: 'windows-1251', encodingBy: 'given' });
  expect(choices?.remembered).toBe('{"encoding":"windows-1251"}');
});

test('an encoding is not taken again for a file that is in UTF-8', async () => {
  const header = 'group_id,user_id,message\n';
  await start(encodeText(`${header}15,3,Привет\n`, 'koi8-r'), { encoding: 'koi8-r' });
  expect((await describe(`${header}15,3,Добро пожаловать\n`)).format.encoding).toBe('utf-8');
  const again = await describe(encodeText(`${header}15,3,Да\n`, 'koi8-r'));
  expect(again.format.encoding).toBe('koi8-r');
});

test('a choice made now counts more', async () => {
  await start('a,b,c\n3,15,16\n', { columns: CHOSEN });
  const { format, choices } = await describe('a,b,c\n3,15,16\n', { columns: { group: 'c' } });
  expect(format.columns).toMatchObject({ group: 2, user: 0 });
  expect(choices?.remembered).toBe('{"columns":{"user":"1"}}');
  // One that collides with the remembered ones replaces them.
  const other = { columns: { group: '1', user: '2' } };
  expect((await describe('a,b,c\n3,15,16\n', other)).choices?.remembered).toBeNull();
});

test('keys of objects that were chosen by number are taken again in any order', async () => {
  await start('[{"who":3,"a":15,"b":16}]', { columns: { user: '1', group: '3' } });
  const { format } = await describe('{"b":16,"a":15,"who":3}\n');
  expect(format).toMatchObject({ json: 'lines', columns: { user: 2, group: 0 } });
  await start('[{"who":3,"7":15}]', { columns: { user: '2', group: '1' } });
  await expect(describe('[{"7":15,"who":3}]')).rejects.toThrow('no key for the group and the user');
});

test('nothing is remembered of what was only detected, or of a file without a header', async () => {
  expect((await describe('group_id,user_id\n1,2\n')).choices).toBeUndefined();
  expect((await describe('1,2\n', { delimiter: ',' })).choices).toBeUndefined();
});

test('of the options that the page sends again, only changed ones are choices', async () => {
  const file = kept('group_id,user_id,message,note\n1,2,Hi,x\n');
  const before = await describeRemembered(db, file, {}, SETTINGS);
  const shown: GivenFormat = {
    encoding: 'utf-8',
    delimiter: ',',
    columns: { group: '1', user: '2', message: '3' },
  };
  const text = JSON.stringify(before.format);
  const reread = (given: GivenFormat, choices = before.choices) =>
    describeReread(file, given, SETTINGS, { format: text, choices });
  expect((await reread(shown)).choices).toBeUndefined();
  const changed = await reread({ ...shown, columns: { ...shown.columns, message: '4' } });
  expect(changed.choices?.choices).toBe('{"columns":{"message":"4"}}');
  const again = await describeReread(
    file,
    { ...shown, columns: { ...shown.columns, message: '4' } },
    SETTINGS,
    { format: JSON.stringify(changed.format), choices: changed.choices },
  );
  expect(again.choices?.choices).toBe('{"columns":{"message":"4"}}');
});

const LIST = [
  ['group_id', 'user_id'],
  [15, 3],
];
const OTHER = [['group_id', 'user_id', 'since'], ...LIST.slice(1)];

test.each([
  [
    'where it has another place',
    [
      ['New', LIST],
      ['March', LIST],
    ],
    'March',
    true,
  ],
  [
    'not where no sheet has its name',
    [
      ['New', LIST],
      ['April', LIST],
    ],
    'New',
    false,
  ],
  [
    'not where the sheet has another header',
    [
      ['New', LIST],
      ['March', OTHER],
    ],
    'New',
    false,
  ],
] as const)('a sheet is taken again by its name: %s', async (_, sheets, sheet, isRemembered) => {
  const book = (all: readonly (readonly [string, readonly (readonly (string | number)[])[]])[]) =>
    xlsx(all.map(([name, rows]) => ({ name, rows })));
  await start(
    book([
      ['Old', OTHER],
      ['March', LIST],
    ]),
    { sheet: 'March' },
  );
  const { format, choices } = await describe(book(sheets));
  expect(format.workbook?.sheet).toBe(sheet);
  expect(choices?.remembered).toBe(isRemembered ? '{"sheet":"March"}' : undefined);
});

test('the row of a header is taken again in the chosen sheet, also where it has moved', async () => {
  const title = ['Team of March'];
  const book = (titles: number) => {
    const top = Array.from({ length: titles }, () => title);
    return xlsx([
      { name: 'A', rows: OTHER },
      { name: 'March', rows: [...top, ...LIST] },
    ]);
  };
  await start(book(1), { sheet: 'March', headerLine: 2 });
  const { format, choices } = await describe(book(3));
  expect([format.workbook?.sheet, format.headerLine]).toEqual(['March', 4]);
  expect(choices?.remembered).toBe('{"sheet":"March","headerLine":4}');
});

test('a sheet and a line that the page sends again as shown are no choices', async () => {
  const rows = [['Team'], ...LIST];
  const file = kept(
    xlsx([
      { name: 'A', rows },
      { name: 'B', rows },
    ]),
  );
  const columns = { group: '1', user: '2' };
  const before = await describeRemembered(db, file, { headerLine: 2 }, SETTINGS);
  const reread = async (given: GivenFormat) => {
    const read = { format: JSON.stringify(before.format), choices: undefined };
    return (await describeReread(file, given, SETTINGS, read)).choices?.choices;
  };
  expect(await reread({ columns, sheet: 'A', headerLine: 2 })).toBeUndefined();
  expect(await reread({ columns, sheet: 'B', headerLine: 2 })).toBe('{"sheet":"B"}');
  expect(await reread({ columns, sheet: 'A', headerLine: 3 })).toBe('{"headerLine":3}');
});
