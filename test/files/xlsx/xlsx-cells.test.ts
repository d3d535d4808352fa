import { expect, it } from 'vitest';
import { isDateFormat } from '../../../src/files/xlsx/date-styles.ts';
import { sheetRows } from '../../support/workbooks/read-workbook.ts';
import { xlsx } from '../../support/workbooks/write-xlsx.ts';

/** Style 1 is a built-in date, 2 a date of its own, 3 an amount, 4 a time. */
const STYLES = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy;@"/>
  <numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;days&quot;"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`;

const textOf = async (xml: string, properties = ''): Promise<string> => {
  const [row] = await sheetRows(
    xlsx([{ name: 'S', rows: [[{ xml }, 'end']] }], { styles: STYLES, properties }),
  );
  return row?.cells[0] ?? '';
};

it.each([
  ['an integer', '<c r="A1"><v>15</v></c>', '15'],
  ['an integer with a fraction of zero', '<c r="A1"><v>15.0</v></c>', '15'],
  ['an exponent', '<c r="A1"><v>1.5E+3</v></c>', '1500'],
  ['a fraction', '<c r="A1"><v>1.1000000000000001</v></c>', '1.1'],
  ['a number shown with separators', '<c r="A1" s="3"><v>2000</v></c>', '2000'],
  ['a large number', '<c r="A1"><v>1E+21</v></c>', '1000000000000000000000'],
  ['a number that is none', '<c r="A1"><v>0x1F</v></c>', '0x1F'],
  ['a boolean', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
  ['an error', '<c r="A1" t="e"><f>A2</f><v>#N/A</v></c>', '#N/A'],
  ['a formula with a number', '<c r="A1"><f>7+8</f><v>15</v></c>', '15'],
  ['a formula with a text', '<c r="A1" t="str"><f>A2&amp;"&lt;"</f><v>a&lt;b</v></c>', 'a<b'],
  ['a formula with an empty text', '<c r="A1" t="str"><f>""</f><v></v></c>', ''],
  ['a date', '<c r="A1" s="2"><v>45292</v></c>', '2024-01-01'],
  ['a date and a time', '<c r="A1" s="1"><v>45292.395833333336</v></c>', '2024-01-01 09:30'],
  ['a time', '<c r="A1" s="4"><v>0.39583333333333331</v></c>', '09:30'],
  ['a date of the strict standard', '<c r="A1" t="d"><v>2024-01-01T00:00:00</v></c>', '2024-01-01'],
  ['a negative date', '<c r="A1" s="2"><v>-5</v></c>', '-5'],
  ['an inline text', '<c r="A1" t="inlineStr"><is><t> a </t></is></c>', ' a '],
  [
    'a rich text without its phonetic guide',
    '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="1"><t>トウ</t></rPh></is></c>',
    '東京',
  ],
  ['escapes', '<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', 'a\rb_x0041_'],
  [
    'CDATA and entities',
    '<c r="A1" t="str"><v><![CDATA[<a>]]>&#x416;&quot;<!-- > --></v></c>',
    '<a>Ж"',
  ],
])('%s', async (_, xml, text) => {
  expect(await textOf(xml)).toBe(text);
});

it('counts dates from 1904 where the workbook does', async () => {
  const date = '<c r="A1" s="2"><v>43830</v></c>';
  expect(await textOf(date, 'date1904="1"')).toBe('2024-01-01');
});

it.each([
  ['General', false],
  ['0.00', false],
  ['#,##0" days"', false],
  ['[Red]0', false],
  ['0\\d', false],
  ['[$-419]d mmm yyyy;@', true],
  ['[h]:mm', true],
  ['yyyy-mm-dd', true],
])('the format %s shows a date: %s', (code, isDate) => {
  expect(isDateFormat(code)).toBe(isDate);
});

it('finds cells by their addresses, and in order where they have none', async () => {
  const cell = (at: string, value: number) => `<c${at && ` r="${at}"`}><v>${value}</v></c>`;
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  const read = (rows: string) =>
    sheetRows(
      xlsx([{ name: 'S', rows: [] }], { files: { 'xl/worksheets/sheet1.xml': sheet(rows) } }),
    );
  expect(await read(`<row r="3">${cell('C3', 1)}${cell('', 2)}</row>`)).toMatchObject([
    { line: 3, cells: ['', '', '1', '2'] },
  ]);
  expect(await read(`<row>${cell('', 1)}</row><row/><row>${cell('AA3', 2)}</row>`)).toMatchObject([
    { line: 1, cells: ['1'] },
    { line: 3, cells: [...Array(26).fill(''), '2'] },
  ]);
  expect(await read(`<row r="1048576">${cell('', 1)}</row>`)).toHaveLength(1);
  await expect(read(`<row r="1048577">${cell('', 1)}</row>`)).rejects.toThrow(/damaged/);
  await expect(read(`<row r="2"/><row r="2"/>`)).rejects.toThrow(/damaged/);
  await expect(read(`<row r="1">${cell('XFE1', 1)}</row>`)).rejects.toThrow(/damaged/);
});
