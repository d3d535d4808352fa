import { describe, expect, it } from 'vitest';
import { escapeXml } from '../../../src/files/workbook-writer/escape-xml.ts';
import { columnName } from '../../../src/files/workbook-writer/sheet-xml.ts';
import {
  type Sheet,
  type WorkbookOptions,
  writeWorkbook,
} from '../../../src/files/workbook-writer/workbook-writer.ts';
import { centralEntry, endOfArchive } from '../../../src/files/workbook-writer/zip-records.ts';
import { cellsOf, unzip } from '../../support/unzip.ts';

async function written(sheets: Sheet[], options?: WorkbookOptions): Promise<Map<string, string>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeWorkbook(sheets, options)) pieces.push(piece);
  return unzip(Buffer.concat(pieces));
}

const COLUMNS = [
  { name: 'id', width: 8 },
  { name: 'text', width: 20 },
  { name: 'at', width: 20 },
];

const rowsTo = (count: number) => Array.from({ length: count }, (_, at) => [at + 1]);

describe('writeWorkbook', () => {
  it('writes numbers as numbers, times as times, and text as text', async () => {
    const rows = [
      [1, '=HYPERLINK("x")', new Date('2026-12-01T12:00:00Z')],
      [null, ' 007 ', null],
    ];
    const files = await written([{ name: 'a', columns: COLUMNS, rows }]);
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
    expect(cellsOf(sheet)).toEqual([
      ['A "id"', 'B "text"', 'C "at"'],
      ['A 1', 'B "=HYPERLINK(&quot;x&quot;)"', 'C time'],
      ['B " 007 "'],
    ]);
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('<v>46357.5</v>');
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toContain('<autoFilter ref="A1:C3"/>');
  });

  it.each([
    [0, [1]],
    [4, [5]],
    [5, [5, 2]],
    [9, [5, 5, 2]],
  ])('divides %i rows among sheets of five rows with a header', async (count, expected) => {
    const sheets = [
      { name: 'all', columns: COLUMNS.slice(0, 1), rows: rowsTo(count) },
      { name: 'last', columns: COLUMNS.slice(0, 1), rows: [] },
    ];
    const files = await written(sheets, { maxRows: 5 });
    const parts = [...files].filter(([path]) => path.startsWith('xl/worksheets'));
    expect(parts.map(([, xml]) => cellsOf(xml).length)).toEqual([...expected, 1]);
    const names = expected.map((_, at) => (at === 0 ? 'all' : `all (${at + 1})`));
    const listed = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]+)"/g)];
    expect(listed.map(([, name]) => name)).toEqual([...names, 'last']);
    const values = parts.flatMap(([, xml]) => cellsOf(xml).slice(1)).flat();
    expect(values).toEqual(rowsTo(count).map(([value]) => `A ${value}`));
  });

  it('lists every part with its type', async () => {
    const files = await written([{ name: 'a', columns: COLUMNS, rows: [] }]);
    const types = files.get('[Content_Types].xml') ?? '';
    for (const path of [...files.keys()].filter((name) => !/rels$|Types/.test(name))) {
      expect(types).toContain(`PartName="/${path}"`);
    }
  });

  it('cuts a text that is longer than a cell may be', async () => {
    const files = await written([{ name: 'a', columns: COLUMNS, rows: [['x'.repeat(40_000)]] }]);
    const [, [cell = ''] = []] = cellsOf(files.get('xl/worksheets/sheet1.xml') ?? '');
    expect(cell).toHaveLength('A ""'.length + 32_767);
  });

  it('ends with the error of its rows', async () => {
    const broken = new Error('broken');
    async function* rows() {
      yield [1];
      throw broken;
    }
    await expect(written([{ name: 'a', columns: COLUMNS, rows: rows() } as never])).rejects.toBe(
      broken,
    );
  });

  it('reads rows only as fast as they are written', async () => {
    let read = 0;
    async function* rows() {
      for (; read < 1_000_000; read++) yield ['x'.repeat(100), String(Math.random())];
    }
    const pieces = writeWorkbook(
      (async function* () {
        yield { name: 'a', columns: COLUMNS, rows: rows() };
      })(),
    );
    for (let count = 0; count < 8; count++) await pieces.next();
    expect(read).toBeLessThan(100_000);
    await pieces.return();
  });
});

it.each([
  ['a & <b> "c"', 'a &amp; &lt;b&gt; &quot;c&quot;'],
  ['\0\u0001\u001f\ufffe', '_x0000__x0001__x001F__xFFFE_'],
  ['_x0041_ _x12_', '_x005F_x0041_ _x12_'],
  ['a\r\nb\tc', 'a_x000D_\nb\tc'],
  ['\ud800 😀', '\ufffd 😀'],
])('writes %j as XML', (text, xml) => {
  expect(escapeXml(text)).toBe(xml);
});

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('calls column %i %s', (at, name) => {
  expect(columnName(at)).toBe(name);
});

it('notes places beyond 4 GiB in 64 bits', () => {
  const offset = 5 * 2 ** 30;
  const entry = centralEntry({ path: 'a', offset, crc: 0, size: 1, packed: 1 });
  expect(entry.readUInt32LE(42)).toBe(0xffff_ffff);
  expect(entry.readBigUInt64LE(46 + 1 + 4)).toBe(BigInt(offset));
  const end = endOfArchive({ count: 1, length: 50, offset }, 'x');
  expect(end.readBigUInt64LE(48)).toBe(BigInt(offset));
  expect(end.readBigUInt64LE(56 + 8)).toBe(BigInt(offset + 50));
});
