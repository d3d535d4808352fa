import { expect, test } from 'vitest';
import { sizeOf } from '../../../src/commands/imports/outcome-table.ts';
import { describeFormat } from '../../../src/commands/run/format-summary.ts';
import { detectFormat } from '../../../src/files/csv/detect-format.ts';
import { chunked } from '../../files/source.ts';
import { readWorkbook } from '../../support/workbooks/read-workbook.ts';
import { xlsx } from '../../support/workbooks/write-xlsx.ts';

test('says in which line the header was read, and from which sheet', async () => {
  const bytes = Buffer.from('Team of March\nGroup,User\n15,3\n');
  const format = await detectFormat(() => chunked(bytes, [100]), 'a.csv', { headerLine: 2 });
  expect(describeFormat(format)).toBe(
    'Read as utf-8, delimiter: comma, header in line 2; group: “Group”, user: “User”',
  );
  const rows = [['Team of March'], ['group', 'user'], [15, 3]];
  const book = await readWorkbook(xlsx([{ name: 'Team', rows }]), { headerLine: 2 });
  expect(describeFormat(book.format)).toBe(
    'Read as workbook (.xlsx), sheet “Team”, header in line 2; group: “group”, user: “user”',
  );
});

test.each([
  [1, 1, '1 row'],
  [1, 2, '1 row, 2 pairs'],
  [2_000, 1, '2,000 rows, 1 pair'],
])('%d rows with %d pairs are counted in words', (rows, pairs, text) => {
  expect(sizeOf({ rows, pairs, rejectedRows: 0 })).toBe(text);
});
