import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_ID } from '../../../src/domain/pairs/ids.ts';
import { detectFormat } from '../../../src/files/csv/detect-format.ts';
import { type Row, readRows } from '../../../src/files/rows/rows.ts';
import { runs } from '../../support/vitest/properties.ts';
import { all, chunked } from '../source.ts';

const id = fc.integer({ min: 1, max: MAX_ID });
const name = fc.constantFrom('Sales', 'Отдел продаж', '', 'a, "b"', '0', '1e3');
const user = fc.oneof(id, fc.constantFrom('a@b.co', '', '-3', 'Ann'));
const text = fc.string({ unit: fc.constantFrom(...'aЖ👋"\\;,{}[]:\t1'), maxLength: 6 });
const row = fc
  .record({ group_id: fc.oneof(id, name), user_id: user, message: text })
  // A line of nothing but delimiters is nothing, an object with such values is a row. A message that is a number
  // can be a part of the user's number where a comma divides cells.
  .filter(
    (one) => !/^[\s,;"]*$/.test(Object.values(one).join('')) && !/^1+$/.test(one.message.trim()),
  );
const rows = fc.array(row, { minLength: 1, maxLength: 6 });

async function read(content: string, name: string, sizes: readonly number[]): Promise<Row[]> {
  const open = () => chunked(Buffer.from(content), sizes);
  const format = await detectFormat(open, name);
  return all(readRows(open(), { fileName: name, format }));
}

test('the same pairs as a JSON array, as NDJSON and as CSV are the same rows', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
  const layout = fc.constantFrom(undefined, 1, '\t');
  await fc.assert(
    fc.asyncProperty(rows, sizes, layout, async (given, sizes, indent) => {
      const header = { group_id: 'group_id', user_id: 'user_id', message: 'message' };
      const csv = stringify([header, ...given], { quoted: true });
      const expected = (await read(csv, 'any.csv', sizes)).map((row) => ({
        ...row,
        line: row.line - 1,
      }));
      const array = JSON.stringify(given, undefined, indent);
      expect(await read(array, 'any.json', sizes)).toEqual(expected);
      const lines = given.map((row) => JSON.stringify(row)).join('\r\n');
      expect(await read(lines, 'any.ndjson', sizes)).toEqual(expected);
    }),
    { numRuns: runs(50) },
  );
});
