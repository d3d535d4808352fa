import { createReadStream } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import { detectFormat } from '../../src/files/csv/detect-format.ts';
import { combinations, resolveNames } from '../../src/ingest/entries.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { readAudit } from '../../src/ledger/imports/audit.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { readRecords } from '../../src/ledger/results/read-records.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { describeDetails } from '../../src/messages/row-details.ts';
import { rowsOf } from '../files/source.ts';
import { claimed, countsOf, PORTAL } from '../ledger/sample-pairs.ts';
import { NOBODY, type TakeOptions, takeCsv } from '../support/ledger/take-csv.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { unsettledChunks } from '../support/ledger/unsettled-chunks.ts';
import { runs } from '../support/vitest/properties.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

type Csv = string | Uint8Array | (() => AsyncIterable<Uint8Array>);

const SOURCE = { fileName: 'team.csv', fileDigest: 'd1', portal: PORTAL };

/** @returns the id of the import that was created from a CSV */
async function take(csv: Csv, given: TakeOptions & { message?: string | null } = {}) {
  const { message = null, ...options } = given;
  const bytes = typeof csv === 'string' ? Buffer.from(csv) : csv;
  const open = typeof bytes === 'function' ? bytes : () => once(bytes);
  return takeCsv(db, { ...SOURCE, message }, open, options);
}

const takeFixture = (name: string) =>
  take(() => createReadStream(new URL(`../../fixtures/${name}`, import.meta.url)));

/** The results of all rows, as `line group user outcome reason`. */
async function outcomes(id: number): Promise<string[]> {
  const list = [];
  for await (const { line, groupId, userId, outcome, reason } of readRecords(db, id)) {
    const cells = [groupId, userId].map((cell) => (cell === '' ? '–' : cell));
    list.push([line, ...cells, outcome, ...(reason === null ? [] : [reason])].join(' '));
  }
  return list;
}

const tallies = async (id: number) => countsOf(await readTallies(db, id));

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

/** @returns the messages of all pending pairs, by group and user */
async function messagesOf(id: number): Promise<(string | null)[]> {
  const messages = [];
  for (const number of await unsettledChunks(db, id)) {
    const pairs = await readSendable(db, await claimed(db, id, number));
    messages.push(...pairs.map(({ message }) => message));
  }
  return messages;
}

const storedMessages = async (id: number) =>
  (
    await db
      .selectFrom('messages')
      .select('text')
      .where('import_id', '=', id)
      .orderBy('id')
      .execute()
  ).map(({ text }) => text);

describe('ingest', () => {
  test('creates an import that is ready to start', async () => {
    const id = await take('group_id,user_id\n1,2\n1,2\n-1,3\n', { message: 'Welcome' });
    expect(await findImport(db, id)).toMatchObject({
      ...SOURCE,
      message: 'Welcome',
      state: 'ready',
      rows: 3,
      startedAt: null,
    });
    expect(await readAudit(db, id)).toMatchObject([
      {
        actor: 'cli',
        action: 'import',
        detail: { code: 'rows', params: { file: 'team.csv', rows: 3 } },
      },
    ]);
  });

  test('small.csv', async () => {
    const id = await takeFixture('small.csv');
    expect(await outcomes(id)).toEqual([
      ...['2 1 2 pending', '3 1 3 pending', '4 1 4 pending', '5 2 2 pending'],
      ...['6 2 3 pending', '7 3 5 pending', '8 3 6 pending', '9 3 7 pending'],
    ]);
    expect(await messagesOf(id)).toEqual([
      ...Array(3).fill('Welcome to the team!'),
      ...Array(2).fill('Hello, please join the project'),
      ...Array(3).fill(null),
    ]);
    expect(await tallies(id)).toEqual({ 'pending/': 8 });
  });

  test('counts the texts that stand for none', async () => {
    const id = await take('group,user,message\n1,2,NULL\n1,3,#N/A\n1,4,Hi\n1,x,NULL\n');
    expect(await messagesOf(id)).toEqual([null, null, 'Hi']);
    expect(await findImport(db, id)).toMatchObject({ emptyTexts: 2, rejectedRows: 1 });
  });

  test('duplicates.csv', async () => {
    const id = await takeFixture('duplicates.csv');
    expect(await outcomes(id)).toEqual([
      '2 1 2 pending',
      '3 1 3 pending',
      '4 1 2 duplicate of_line_2',
      '5 2 2 pending',
      '6 1 3 duplicate of_line_3',
      '7 1 2 duplicate of_line_2',
      '8 2 3 pending',
      '9 2 2 duplicate of_line_5',
      '10 1 3 duplicate of_line_3',
    ]);
    expect(await tallies(id)).toEqual({ 'pending/': 4, 'duplicate/of_line_N': 5 });
  });

  test('messy.csv', async () => {
    const id = await takeFixture('messy.csv');
    const pending = (line: number, user: number) => `${line} 15 ${user} pending`;
    expect(await outcomes(id)).toEqual([
      ...[pending(2, 101), pending(3, 102), pending(4, 103), pending(5, 104), pending(6, 105)],
      ...[pending(7, 106), pending(10, 107), pending(13, 108), pending(14, 109)],
      pending(15, 110),
      '16 15 111 rejected bad_row',
      '17 – – rejected bad_row',
      pending(18, 113),
      '19 15 114 rejected bad_row',
      '20 15 – rejected missing_user',
      '21 – 115 rejected missing_group',
      '23 1 5 116 rejected bad_group_id',
      '24 1e3 117 rejected bad_group_id',
      '25 -3 118 rejected bad_group_id',
      '26 0 119 rejected bad_group_id',
      '27 +5 120 rejected bad_group_id',
      '28 १५ 121 rejected bad_group_id',
      '29 15 0x7A rejected bad_user_id',
      '30 15 2147483648 rejected bad_user_id',
      '31 2147483647 2147483647 pending',
      '32 Sales ann@example.com rejected unknown_group',
      '33 – – rejected bad_row',
      '34 – – rejected bad_row',
      '35 – – rejected bad_row',
      ...[pending(36, 125), pending(37, 126), pending(38, 127)],
      '39 15 101 duplicate of_line_2',
      '40 – – rejected bad_row',
      pending(41, 129),
    ]);
    expect(await tallies(id)).toEqual({
      'pending/': 16,
      'duplicate/of_line_N': 1,
      'rejected/bad_row': 7,
      'rejected/missing_user': 1,
      'rejected/missing_group': 1,
      'rejected/bad_group_id': 6,
      'rejected/unknown_group': 1,
      'rejected/bad_user_id': 2,
    });
    const found = [];
    for await (const { line, details } of readRecords(db, id, { reason: 'bad_user_id' })) {
      found.push(`${line}: ${describeDetails(details)}`);
    }
    expect(found).toEqual([
      "29: “0x7A” is not a user's id: an id is a whole number in the digits 0 to 9, nothing else; a person may also be named by an e-mail address",
      "30: “2147483648” is not a user's id: the largest is 2147483647",
    ]);
  });

  test('counts the first line of a row as its line, also after quoted line breaks', async () => {
    const csv = 'group,user,message\r\n1,2,"a\r\nb\r\nc"\r\n\r\n1,3,\r\n1,2,"d\n"\r\n1,3,';
    expect(await outcomes(await take(csv))).toEqual([
      ...['2 1 2 pending', '6 1 3 pending', '7 1 2 duplicate of_line_2'],
      '9 1 3 duplicate of_line_6',
    ]);
  });

  test('gives each row one outcome, with tallies that add up', async () => {
    const cell = fc.constantFrom(
      '1',
      '2',
      '3',
      '01',
      '2.0',
      '',
      '0',
      'x',
      ' 1 ',
      '2147483648',
      '"',
    );
    const row = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(','));
    const rows = fc.array(row, { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), async (lines, eol) => {
        const csv = Buffer.from(['group,user,message', ...lines].join(eol));
        const expected: string[] = [];
        const firsts = new Map<string, number>();
        const rows = await rowsOf(csv);
        const names = await resolveNames(rows, NOBODY);
        const entries = rows.flatMap((row) =>
          row.kind === 'list' ? [...combinations(row, names)] : [row],
        );
        for (const row of entries) {
          const pair = row.kind === 'pair' ? `${row.groupId} ${row.userId}` : '';
          const first = firsts.get(pair);
          if (row.kind === 'reject') expected.push(`${row.line} rejected ${row.reason}`);
          else if (first !== undefined) expected.push(`${row.line} duplicate of_line_${first}`);
          else {
            firsts.set(pair, row.line);
            expected.push(`${row.line} pending`);
          }
        }
        fc.pre(expected.length > 0);
        const id = await take(csv);
        const found = [];
        for await (const { line, outcome, reason } of readRecords(db, id)) {
          found.push([line, outcome, ...(reason === null ? [] : [reason])].join(' '));
        }
        expect(found).toEqual(expected);
        expect(await findImport(db, id)).toMatchObject({
          rows: rows.length,
          pairs: expected.length,
        });
        const counts = await tallies(id);
        expect(sum(counts)).toBe(expected.length);
        expect(counts['pending/'] ?? 0).toBe(firsts.size);
        expect(await messagesOf(id)).toHaveLength(firsts.size);
      }),
      { numRuns: runs(20) },
    );
  });

  test('reads 12,000 rows with mostly duplicates', async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => `${1 + (i % 7)},${1 + (i % 500)}\n`);
    const progress: number[] = [];
    const id = await take(`group,user\n${rows.join('')}`, {
      onProgress: ({ rows, ordered }) => {
        if (ordered === undefined) progress.push(rows);
      },
    });
    // 7 and 500 have no common divisor: the pairs repeat every 3,500 rows.
    expect(await tallies(id)).toEqual({ 'pending/': 3_500, 'duplicate/of_line_N': 8_500 });
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)).toBe(12_000);
    for await (const { seq, line, reason } of readRecords(db, id, { outcome: 'duplicate' })) {
      expect([line, reason]).toEqual([seq + 1, `of_line_${2 + ((seq - 1) % 3_500)}`]);
    }
    expect(await messagesOf(id)).toHaveLength(3_500);
  });

  test('an import without a single pair has rows, but nothing to do', async () => {
    const id = await take('group,user\n-1,1\n');
    expect(await findImport(db, id)).toMatchObject({ state: 'ready', rows: 1 });
    expect(await unsettledChunks(db, id)).toEqual([]);
    expect(await tallies(id)).toEqual({ 'rejected/bad_group_id': 1 });
  });
});

describe('messages', () => {
  test("of a row have priority over the import's", async () => {
    const csv = 'group,user,message\n1,1,Own\n1,2,\n1,3,"  "\n1,4, Own \n';
    expect(await messagesOf(await take(csv, { message: 'Default' }))).toEqual([
      ...['Own', 'Default', 'Default', 'Own'],
    ]);
    expect(await messagesOf(await take(csv))).toEqual(['Own', null, null, 'Own']);
  });

  test('of a repeated pair come from its first row', async () => {
    const id = await take('group,user,message\n1,1,\n1,1,Second\n1,2,First\n1,2,\n');
    expect(await messagesOf(id)).toEqual([null, 'First']);
  });

  test('are stored once, however many rows have them', async () => {
    const texts = ['Hello', 'Привет 👋', '=HYPERLINK(1)'];
    const rows = Array.from({ length: 300 }, (_, i) => `1,${i + 1},${texts[i % 3]}\n`);
    const id = await take(`group,user,message\n${rows.join('')}`);
    expect(await storedMessages(id)).toEqual(texts);
    const messages = await messagesOf(id);
    expect(messages.every((text, i) => text === texts[i % 3])).toBe(true);
  });

  test('can all differ', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `1,${i + 1},Hello number ${i + 1}\n`);
    const id = await take(`group,user,message\n${rows.join('')}`, { message: 'Default' });
    const messages = await messagesOf(id);
    expect(messages).toEqual(Array.from({ length: 300 }, (_, i) => `Hello number ${i + 1}`));
  });
});

describe('on an error', () => {
  const TABLES = [
    ...(['imports', 'messages', 'pairs', 'pair_keys', 'row_issues', 'tallies'] as const),
    ...(['chunks', 'sent_pairs', 'holds', 'audit'] as const),
  ];
  const counts = async (at: Db) => {
    const of = async (table: (typeof TABLES)[number]) => {
      const { count } = await at
        .selectFrom(table)
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return [table, count] as const;
    };
    return Object.fromEntries(await Promise.all(TABLES.map(of)));
  };

  /** More than the detection of the format reads, with messages and rejects. */
  const hello = `Hello ${'and welcome '.repeat(10)}`;
  const manyRows = Array.from({ length: 11_000 }, (_, i) => `${i % 9},${i + 1},${hello}${i % 4}\n`);

  test.each<[what: string, csv: string | Uint8Array, message: string | RegExp, commits?: number]>([
    ['no bytes', '', 'team.csv is empty.'],
    ['no group column', 'gruppe,user_id\n1,2\n', /no column for the group/],
    ['two user columns', 'group,user,user_id\n1,2,3\n', /2 columns could be the user/],
    ['a header only', 'group_id,user_id\n', 'team.csv has a header but no data rows.'],
    ['a header and blank lines', 'group_id,user_id\r\n\r\n  \r\n', /no data rows/],
    ['a workbook', Buffer.from('PK\u0003\u0004\u0014\u0000'), /an Excel workbook/],
    ['a zero byte at the end', `group,user,message\n${manyRows.join('')}1,2,\0\n`, /line 11002/, 1],
    [
      'another encoding at the end',
      Buffer.concat([
        Buffer.from(`group,user,message\n${manyRows.join('')}1,2,`),
        Buffer.from([0xcf, 0xf0, 0xe8]),
      ]),
      /line 11002: the text is not valid UTF-8/,
      1,
    ],
  ])('with %s, nothing is kept', async (_, csv, message, commits = 0) => {
    const before = await counts(db);
    const committed: number[] = [];
    const format = typeof csv === 'string' ? {} : { encoding: 'utf-8' as const };
    const refused = take(csv, { format, onProgress: ({ rows }) => committed.push(rows) });
    await expect(refused).rejects.toBeInstanceOf(Problem);
    await expect(refused).rejects.toThrow(message);
    expect(committed.length > 0).toBe(commits > 0);
    expect(await counts(db)).toEqual(before);
  });

  test('with an aborted upload, nothing is kept and the error is passed on', async () => {
    const before = await counts(db);
    const aborted = new Error('the upload was aborted');
    const seen: number[] = [];
    async function* upload() {
      yield Buffer.from(`group,user,message\n${manyRows.join('')}`);
      throw aborted;
    }
    const format = await detectFormat(() => once(Buffer.from('group,user,message\n')), 'team.csv');
    const broken = ingest(db, { ...SOURCE, message: null, format }, upload(), {
      ...{ concurrency: 4, directory: NOBODY },
      onProgress: ({ rows }) => seen.push(rows),
    });
    await expect(broken).rejects.toBe(aborted);
    expect(seen.length).toBeGreaterThan(0);
    expect(await counts(db)).toEqual(before);
  });

  test('other imports of the same file are kept', async () => {
    const id = await take('group,user\n1,2\n');
    await expect(take('group,user\n')).rejects.toThrow(Problem);
    expect(await outcomes(id)).toEqual(['2 1 2 pending']);
  });
});
