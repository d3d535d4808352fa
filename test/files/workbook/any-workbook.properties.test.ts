import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../support/vitest/properties.ts';
import { readWorkbook, refusalOf } from '../../support/workbooks/read-workbook.ts';
import { ods } from '../../support/workbooks/write-ods.ts';
import { type Cell, xlsx } from '../../support/workbooks/write-xlsx.ts';
import { rowsOf } from '../source.ts';

const SIGNS = [...'aЖ漢"\';|,&<>_=\t', '\n', ' ', '  ', '_x000D_', '#N/A', '👋', ']]>', '1'];
// A text that is a number can be a part of the user's number where a comma divides cells.
const text = fc
  .array(fc.constantFrom(...SIGNS), { maxLength: 6 })
  .map((signs) => signs.join(''))
  .filter((signs) => !/^1+$/.test(signs.trim()));
const id = fc.oneof(
  fc.integer({ min: 1, max: 2_147_483_647 }),
  fc.constantFrom<Cell>('15', '15.0', 'anna@example.com', '1;2', '', 0, 1.5),
);
/** Rows of three cells; some are empty. */
const table = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple<Cell[]>(id, id, text) },
    { weight: 1, arbitrary: fc.constant<Cell[]>([]) },
  ),
  { maxLength: 8 },
);

const way = fc.record({
  inline: fc.boolean(),
  bare: fc.boolean(),
  prefix: fc.constantFrom('', 'x:'),
  absolute: fc.boolean(),
  strict: fc.boolean(),
  compressed: fc.boolean(),
});

/** @returns the table as CSV; a line end in a cell of the CSV counts as a line, so there is none in it */
const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows
    .map((cells) => (cells.length === 0 ? '\n' : stringify([cells.map(String)], { quoted: true })))
    .join('');

const HEADER: Cell[] = ['group', 'user', 'message'];

describe('any table', () => {
  it('gives the same rows as .xlsx in all variants, as .ods, and as CSV', async () => {
    await fc.assert(
      fc.asyncProperty(table, way, async (some, options) => {
        const rows = [
          HEADER,
          [7, 8, 'always'],
          ...some.map((cells) =>
            cells.map((cell) => (typeof cell === 'string' ? cell.replaceAll('\n', ' ') : cell)),
          ),
        ];
        const expected = await rowsOf(csvOf(rows));
        const sheets = [{ name: 'S', rows }];
        expect((await readWorkbook(xlsx(sheets, options))).rows).toEqual(expected);
        expect((await readWorkbook(ods(sheets, {}, options.compressed))).rows).toEqual(expected);
      }),
      { numRuns: runs(25) },
    );
  });

  it('keeps line ends in texts', async () => {
    const sheets = [{ name: 'S', rows: [HEADER, [1, 2, 'a\nb']] }];
    for (const book of [xlsx(sheets), ods(sheets)]) {
      expect((await readWorkbook(book)).rows).toMatchObject([{ line: 2, message: 'a\nb' }]);
    }
  });
});

describe('a damaged workbook', () => {
  const rows: Cell[][] = [HEADER, ...Array.from({ length: 30 }, (_, i) => [i + 1, 'a@b.ru', 'Hi'])];
  const books = [true, false].flatMap((compressed) => [
    xlsx([{ name: 'S', rows }], { compressed }),
    ods([{ name: 'S', rows }], {}, compressed),
  ]);

  it('is read as it was, or refused in words', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    const cut = fc.option(fc.nat(), { freq: 4 });
    const intact = await Promise.all(books.map(async (book) => (await readWorkbook(book)).rows));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 3 }), damage, cut, async (which, changes, end) => {
        const damaged = Buffer.from(books[which] ?? '');
        for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
        const left = end === null ? damaged : damaged.subarray(0, end % damaged.length);
        const said = await refusalOf(left).catch((error: unknown) => {
          if (error instanceof Error && error.message === 'no workbook') return 'no workbook';
          throw error;
        });
        if (said === undefined) expect((await readWorkbook(left)).rows).toEqual(intact[which]);
      }),
      { numRuns: runs(100) },
    );
  });
});
