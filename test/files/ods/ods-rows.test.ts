import { expect, it } from 'vitest';
import { sheetRows } from '../../support/workbooks/read-workbook.ts';
import { ods } from '../../support/workbooks/write-ods.ts';

const cell = (attributes: string, content = '') =>
  `<table:table-cell ${attributes}>${content}</table:table-cell>`;
const text = (content: string) => cell('office:value-type="string"', content);

const textOf = async (xml: string): Promise<string> => {
  const [row] = await sheetRows(ods([{ name: 'S', rows: [[{ xml }, 'end']] }]));
  return row?.cells[0] ?? '';
};

it.each([
  [
    'a number',
    cell('office:value-type="float" office:value="1500"', '<text:p>1 500,00</text:p>'),
    '1500',
  ],
  [
    'a date',
    cell('office:value-type="date" office:date-value="2024-01-01"', '<text:p>1.1.</text:p>'),
    '2024-01-01',
  ],
  ['a time', cell('office:value-type="time" office:time-value="PT09H30M00S"'), '09:30'],
  ['a boolean', cell('office:value-type="boolean" office:boolean-value="true"'), 'TRUE'],
  [
    'an error',
    cell(
      'office:value-type="string" office:string-value="" calcext:value-type="error"',
      '<text:p>#N/A</text:p>',
    ),
    '#N/A',
  ],
  ['paragraphs', text('<text:p>a</text:p><text:p>b</text:p>'), 'a\nb'],
  [
    'spaces, tabs and breaks',
    text('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d\n  e</text:p>'),
    'a   b\tc\nd e',
  ],
  [
    'formats and links',
    text('<text:p>a<text:span>b</text:span><text:a>c</text:a></text:p>'),
    'abc',
  ],
  [
    'no comment',
    text('<office:annotation><text:p>note</text:p></office:annotation><text:p>a</text:p>'),
    'a',
  ],
  [
    'no drawing',
    text(
      '<text:p>a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></text:p>',
    ),
    'a',
  ],
  ['a text without a type', cell('', '<text:p>a</text:p>'), 'a'],
  [
    'no covered cell',
    '<table:covered-table-cell office:value-type="string"><text:p>a</text:p></table:covered-table-cell>',
    '',
  ],
])('%s', async (_, xml, expected) => {
  expect(await textOf(xml)).toBe(expected);
});

it('repeats cells and rows, and numbers the rows after empty ones', async () => {
  const repeated = (count: number, content: string) =>
    `<table:table-row table:number-rows-repeated="${count}">${content}</table:table-row>`;
  const content = (rows: string) =>
    `<office:document-content><office:body><office:spreadsheet><table:table table:name="S">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`;
  const read = (rows: string) => sheetRows(ods([], { 'content.xml': content(rows) }));
  const twice = cell(
    'office:value-type="float" office:value="5" table:number-columns-repeated="2"',
  );
  expect(
    await read(
      repeated(1000, '<table:table-cell table:number-columns-repeated="16384"/>') +
        `<table:table-header-rows>${repeated(2, `<table:table-cell/>${twice}`)}</table:table-header-rows>` +
        repeated(1_047_574, '<table:table-cell/>'),
    ),
  ).toMatchObject([
    { line: 1001, cells: ['', '5', '5'] },
    { line: 1002, cells: ['', '5', '5'] },
  ]);
  expect(await read(repeated(1_048_576, twice))).toHaveLength(1_048_576);
  await expect(read(repeated(1_048_577, twice))).rejects.toThrow(/damaged/);
  const wide = cell(
    'office:value-type="float" office:value="5" table:number-columns-repeated="16385"',
  );
  await expect(read(repeated(1, wide))).rejects.toThrow(/damaged/);
  await expect(read(repeated(1.5, twice))).rejects.toThrow(/damaged/);
});
