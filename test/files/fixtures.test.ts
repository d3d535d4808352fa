import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/files/rows/rows.ts';
import { describeDetails } from '../../src/messages/row-details.ts';
import { rowsOf } from './source.ts';

async function pairResults(name: string): Promise<Record<number, string>> {
  const rows = await rowsOf(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));
  return Object.fromEntries(rows.map((row) => [row.line, pairResult(row)]));
}

const pairResult = (row: Row): string =>
  row.kind === 'pair'
    ? `${row.groupId} ${row.userId}${row.message === undefined ? '' : ` ${row.message}`}`
    : row.kind === 'reject'
      ? `${row.reason}: ${describeDetails(row.details)}`
      : `${names(row.groups)} ${names(row.users)}`;

const names = ({ parts }: { parts: readonly object[] }): string =>
  parts.map((part) => ('name' in part ? `“${part.name}”` : '?')).join('; ');

const NO_ID = 'an id is a whole number in the digits 0 to 9, nothing else';

describe('the fixtures', () => {
  it('messy.csv: each line has the expected result', async () => {
    expect(await pairResults('messy.csv')).toEqual({
      2: '15 101 Welcome aboard',
      3: '15 102 Welcome aboard',
      4: '15 103 Welcome, all',
      5: '15 104',
      6: '15 105',
      7: '15 106',
      10: '15 107 Dear colleague,\n\r\nsee you "soon"',
      13: '15 108 after the lines',
      14: '15 109 Hello',
      15: '15 110',
      16: 'bad_row: the row has 7 cells, the first row 4: its cells may belong to other columns',
      17: 'bad_row: a quote stands inside a cell that does not begin with one: “=HYPERLINK("http://example.com")”',
      18: '15 113 =1+1',
      19: 'bad_row: the row has 5 cells, the first row 4; one too many is “colleague”',
      20: 'missing_user: the user is empty',
      21: 'missing_group: the group is empty',
      23: `bad_group_id: “1 5” is not a group's id: ${NO_ID}`,
      24: `bad_group_id: “1e3” is not a group's id: ${NO_ID}`,
      25: `bad_group_id: “-3” is not a group's id: ${NO_ID}`,
      26: "bad_group_id: “0” is not a group's id: ids start at 1",
      27: `bad_group_id: “+5” is not a group's id: ${NO_ID}`,
      28: `bad_group_id: “१५” is not a group's id: ${NO_ID}`,
      29: `bad_user_id: “0x7A” is not a user's id: ${NO_ID}; a person may also be named by an e-mail address`,
      30: "bad_user_id: “2147483648” is not a user's id: the largest is 2147483647",
      31: '2147483647 2147483647',
      32: '“Sales” “ann@example.com”',
      33: 'bad_row: a quote stands inside a cell that does not begin with one: “stray "quote" here,15,”',
      34: 'bad_row: text follows a closing quote: “"text"after a quote,15,”',
      35: 'bad_row: a quote is opened here and closed on line 37 in the middle of text: “124,"a quote not closed,15,”',
      36: '15 125',
      37: '15 126',
      38: '15 127 Добро пожаловать 👋',
      39: '15 101',
      40: 'bad_row: a quote is opened and never closed: “128,"never closed,15,”',
      41: '15 129 Bye',
    });
  });

  it('duplicates.csv: the reader keeps duplicates, whatever their spelling', async () => {
    expect(Object.values(await pairResults('duplicates.csv'))).toEqual([
      ...['1 2', '1 3', '1 2', '2 2', '1 3', '1 2', '2 3', '2 2', '1 3'],
    ]);
  });

  it('small.csv: pairs only', async () => {
    const rows = Object.values(await pairResults('small.csv'));
    expect(rows).toHaveLength(8);
    expect(rows).toContain('2 3 Hello, please join the project');
  });

  it.each([
    ['blank-lines.csv', '4: 15 152 | 7: 15 153'],
    ['comma.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['cr.csv', '2: 15 152 | 3: 15 153 | 4: 18 154'],
    ['crlf.csv', '2: 15 152 | 3: 15 153 | 4: 18 154'],
    ['emails.csv', '2: list 1×1 | 3: list 1×1 | 4: list 1×1 | 5: list 1×1 | 6: list 1×1'],
    ['excel-unicode-text.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    [
      'group-names.csv',
      '2: list 1×1 | 3: list 1×1 | 4: list 1×1 | 5: list 1×1 | 6: list 1×1 | 7: list 1×1 | 8: list 1×1',
    ],
    ['array.json', '1: 15 152 | 2: list 2×1 | 3: missing_user'],
    ['lines.ndjson', '1: 15 152 | 2: list 2×1 | 3: missing_user'],
    ['gzip.csv.gz', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['header-only.csv', ''],
    ['lf.csv', '2: 15 152 | 3: 15 153 | 4: 18 154'],
    ['no-final-newline.csv', '2: 15 152 | 3: 15 153 | 4: 18 154'],
    ['no-header.csv', '1: 15 152 | 2: 15 153 | 3: 18 154'],
    [
      'numbers.csv',
      '2: 15 152 | 3: 15 153 | 4: 15 154 | 5: 15 155 | 6: bad_group_id | 7: bad_group_id | 8: bad_group_id | 9: bad_group_id | 10: bad_group_id | 11: bad_group_id',
    ],
    ['pipe.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['quoted-newline.csv', '2: 15 152 | 4: 15 153'],
    ['russian-headers.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['semicolon.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['sep-line.csv', '3: 15 152 | 4: 18 153 | 5: 23 154'],
    ['several-per-cell.csv', '2: list 1×3 | 3: list 2×1 | 4: list 2×2 | 5: list 1×2 | 6: 31 158'],
    ['stray-quote.csv', '2: bad_row | 3: bad_row | 4: 15 154'],
    ['tab.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['utf-16be-no-bom.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['utf-16be.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['utf-16le-no-bom.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['utf-16le.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['utf-8-bom.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['utf-8.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['windows-1251.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
    ['windows-1252.csv', '2: 15 152 | 3: 18 153 | 4: 23 154'],
  ])('formats/%s: %s', async (name, expected) => {
    const packed = readFileSync(new URL(`../../fixtures/formats/${name}`, import.meta.url));
    const rows = await rowsOf(name.endsWith('.gz') ? gunzipSync(packed) : packed);
    expect(rows.map(briefly).join(' | ')).toBe(expected);
  });
});

/** The row's line, with its pair, the size of its lists, or the reason of the reject. */
function briefly(row: Row): string {
  if (row.kind === 'pair') return `${row.line}: ${row.groupId} ${row.userId}`;
  if (row.kind === 'reject') return `${row.line}: ${row.reason}`;
  return `${row.line}: list ${row.groups.parts.length}×${row.users.parts.length}`;
}
