import { describe, expect, it } from 'vitest';
import type { GivenFormat } from '../../../src/files/csv/detect-format.ts';
import { readWorkbook, refusalOf } from '../../support/workbooks/read-workbook.ts';
import { ods } from '../../support/workbooks/write-ods.ts';
import { type SheetOptions, xlsx } from '../../support/workbooks/write-xlsx.ts';

const named = (name: string, more: Partial<SheetOptions> = {}): SheetOptions => ({
  name,
  rows: [
    ['group', 'user'],
    [1, 2],
  ],
  ...more,
});
const NOTES: SheetOptions = {
  name: 'Notes',
  rows: [['How to use this file'], ['Fill in “Team”.']],
};
const NUMBERS: SheetOptions = {
  name: 'Numbers',
  rows: [
    [2023, 15],
    [2024, 16],
  ],
};
const EMPTY: SheetOptions = { name: 'Empty', rows: [] };
const HIDDEN = named('Old', { state: 'hidden' });

describe.each([
  ['xlsx', (sheets: readonly SheetOptions[]) => xlsx(sheets)],
  ['ods', (sheets: readonly SheetOptions[]) => ods(sheets)],
])('in %s', (type, write) => {
  it.each<[what: string, sheets: SheetOptions[], given: GivenFormat, sheet: string]>([
    [
      'the first sheet that names the columns',
      [NOTES, EMPTY, named('Team'), named('B')],
      {},
      'Team',
    ],
    [
      'no hidden sheet',
      [HIDDEN, named('Very', { state: 'veryHidden' }), named('Team')],
      {},
      'Team',
    ],
    ['the only sheet, without a header', [EMPTY, NUMBERS, HIDDEN], {}, 'Numbers'],
    ['a given sheet', [named('A'), named('B')], { sheet: 'B' }, 'B'],
    ['a given sheet in other letters', [named('A'), named('Люди')], { sheet: ' люди' }, 'Люди'],
    ['a given sheet that is hidden', [named('A'), HIDDEN], { sheet: 'Old' }, 'Old'],
    [
      'a sheet with the given columns',
      [
        named('A'),
        {
          name: 'B',
          rows: [
            ['x', 'y'],
            [1, 2],
          ],
        },
      ],
      { columns: { group: 'x', user: 'y' } },
      'B',
    ],
  ])('%s is read', async (_, sheets, given, sheet) => {
    const { format, rows } = await readWorkbook(write(sheets), given);
    expect(format.workbook).toMatchObject({ type, sheet });
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each<[what: string, sheets: SheetOptions[], given: GivenFormat, said: string]>([
    ['two sheets of numbers', [NUMBERS, { ...NUMBERS, name: 'B' }], {}, 'sheets_unknown'],
    ['no known columns', [NOTES, NUMBERS], {}, 'sheets_unknown'],
    ['only hidden sheets', [HIDDEN], {}, 'sheets_unknown'],
    ['one sheet without the columns', [NOTES], {}, 'column_missing'],
    ['no such sheet', [named('A')], { sheet: 'B' }, 'sheet_missing'],
    ['an empty sheet', [named('A'), EMPTY], { sheet: 'Empty' }, 'file_empty'],
  ])('%s is refused', async (_, sheets, given, said) => {
    expect(await refusalOf(write(sheets), given)).toBe(said);
  });

  it('names the row of a header below a title, and reads from there when it is given', async () => {
    const rows = [['Team of March'], [], ['group', 'user'], [1, 2]];
    const sheets = [NOTES, named('Team', { rows })];
    const refused = { coded: { code: 'header_below', params: { line: 1, header: 3 } } };
    await expect(readWorkbook(write(sheets))).rejects.toMatchObject(refused);
    await expect(readWorkbook(write(sheets), { sheet: 'Team' })).rejects.toMatchObject(refused);
    const found = await readWorkbook(write(sheets), { headerLine: 3 });
    expect(found.format.workbook?.sheet).toBe('Team');
    expect(found.rows).toMatchObject([{ kind: 'pair', line: 4, groupId: 1, userId: 2 }]);
  });

  it('lists all sheets, and rejects hidden rows', async () => {
    const team = named('Team', {
      rows: [
        ['group', 'user'],
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      hiddenRows: [3],
    });
    const { format, rows } = await readWorkbook(write([HIDDEN, team]));
    expect(format.workbook?.sheets).toEqual([
      { name: 'Old', isHidden: true },
      { name: 'Team', isHidden: false },
    ]);
    expect(rows).toMatchObject([
      { kind: 'pair', line: 2, groupId: 1 },
      { kind: 'reject', line: 3, reason: 'hidden_row', groupCell: '3', userCell: '4' },
      { kind: 'pair', line: 4, groupId: 5 },
    ]);
  });

  it('rejects a row only for a formula without a value in a column that is used', async () => {
    const formula =
      type === 'xlsx'
        ? (at: string) => ({ xml: `<c r="${at}"><f>A1</f><v></v></c>` })
        : () => ({ xml: '<table:table-cell table:formula="of:=[.A1]"/>' });
    const rows = [
      ['group', 'user', 'note'],
      [1, formula('B2')],
      [3, 4, formula('C3')],
    ];
    expect((await readWorkbook(write([{ name: 'S', rows }]))).rows).toMatchObject([
      { kind: 'reject', line: 2, reason: 'bad_row', details: [{ code: 'formula_unvalued' }] },
      { kind: 'pair', line: 3, userId: 4 },
    ]);
  });
});

it('a date in a column of IDs is no ID', async () => {
  const styles =
    '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const date = { xml: '<c r="B2" s="1"><v>45292</v></c>' };
  const { rows } = await readWorkbook(
    xlsx(
      [
        {
          name: 'S',
          rows: [
            ['group', 'user'],
            [1, date],
          ],
        },
      ],
      { styles },
    ),
  );
  expect(rows).toMatchObject([{ kind: 'reject', reason: 'bad_user_id', userCell: '2024-01-01' }]);
});
