import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineFeeds } from '../../../src/files/csv/line-ends.ts';
import { readPlain } from '../../../src/files/csv/plain.ts';
import { RecordReader } from '../../../src/files/csv/records.ts';
import { brokenRow, type Row, rowOf } from '../../../src/files/rows/row.ts';
import { runs } from '../../support/vitest/properties.ts';
import { formatOf, rowsOf } from '../source.ts';

/** The rows below a header of group and user, each read by the general parser. */
async function rowsOneByOne(csv: string): Promise<Row[]> {
  const format = await formatOf(csv);
  const text = format.newline === 'CR' ? lineFeeds(csv) : csv;
  const reader = new RecordReader(format);
  const rows: Row[] = [];
  const take = () => {
    for (let found = reader.read(); found.length > 0; found = reader.read()) {
      for (const record of found) {
        rows.push(
          record.kind === 'record'
            ? rowOf(record.line, record.cells, format)
            : brokenRow(record.line, record.detail),
        );
      }
    }
  };
  reader.write(text);
  take();
  reader.end();
  take();
  return rows.slice(1);
}

function plain(text: string, at = 0, line = 1, most = 10) {
  const { records, ...place } = readPlain(text, at, line, most);
  const pairs = Array.from(
    { length: records.count },
    (_, i) => `${records.first[i]} ${records.second[i]}`,
  );
  return { line: records.line, pairs, ...place };
}

describe('readPlain', () => {
  it('reads lines of two ids, from the given offset', () => {
    const text = 'x\n15,3\r\n007,2147483647\n';
    expect(plain(text, 2, 2)).toEqual({ line: 2, pairs: ['15 3', '7 2147483647'], at: 23 });
  });

  it('reads no more than the given number', () => {
    expect(plain('1,2\n3,4\n5,6\n', 0, 1, 2)).toEqual({ line: 1, pairs: ['1 2', '3 4'], at: 8 });
  });

  it.each(['', '1', '1,', '1,2', '1,2\r', '1,2\r\r\n', ',2\n', '1,\n', '0,1\n', '1,0\n', ' 1,2\n'])(
    'stops before %j',
    (text) => {
      expect(plain(`1,2\n${text}`)).toEqual({ line: 1, pairs: ['1 2'], at: 4 });
    },
  );

  it.each([
    '1,2 \n',
    '"1",2\n',
    '1,2,\n',
    '1;2\n',
    '1.0,2\n',
    '+1,2\n',
    '2147483648,1\n',
    '1,1e3\n',
  ])('stops before %j', (text) => {
    expect(plain(text)).toEqual({ line: 1, pairs: [], at: 0 });
  });

  it('returns the same rows as the general parser, for any text', async () => {
    const token = fc.constantFrom(
      ...['1', '2', '10', '07', '0', '2147483647', '2147483648', '1.0', 'x', ' ', '"', '""'],
      ...[',', '1,2\n', '3,4\r\n', '\n', '\r\n', '\r', '"\n', '٣'],
    );
    const text = fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join(''));
    const columns = fc.constantFrom({ group: 0, user: 1 }, { group: 1, user: 0 });
    await fc.assert(
      fc.asyncProperty(text, columns, fc.integer({ min: 1, max: 9 }), async (body, at, size) => {
        const csv = `${at.group === 0 ? 'group,user' : 'user,group'}\n${body}`;
        const found = await rowsOf(csv, { sizes: [size] });
        expect(found).toEqual(await rowsOneByOne(csv));
      }),
      { numRuns: runs(250) },
    );
  });
});
