import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import { escapeFormulas, unescapeFormulas } from '../../../src/files/csv/formulas.ts';
import { resultsCsv } from '../../../src/files/results/results-csv.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { all } from '../source.ts';

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-3', "'-3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['\tx', "'\tx"],
    ['"=1', '\'"=1'],
    ["'=1", "''=1"],
    ["abc;=cmd|'/c calc'!A1", "abc;'=cmd|'/c calc'!A1"],
    ['abc;"=cmd";x', 'abc;\'"=cmd";x'],
    ['a,+1;-2\t@b\n=c\r\n=d', "a,'+1;'-2\t'@b\n'=c\r\n'=d"],
    [";'=x", ";''=x"],
    ['=a;=b', "'=a;'=b"],
    ['a=b; -1, c', 'a=b; -1, c'],
    ["it's fine", "it's fine"],
    ["'quoted'", "'quoted'"],
    ['', ''],
  ])('%j is written as %j, and read back', (cell, written) => {
    expect(escapeFormulas(cell)).toBe(written);
    expect(unescapeFormulas(written)).toBe(cell);
  });
});

/** Mostly what matters. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom(...'=+-@＝;,\t\n\r\'"a'), anyCharacter),
  maxLength: 20,
});

/** What begins a formula, as a spreadsheet sees a cell. */
const runs = (cell: string): boolean => /^[\t\r]*[=+\-@＝＋－＠]/.test(cell);

/**
 * Reads a CSV as a spreadsheet with another list separator does: a quote is one only where a cell begins.
 *
 * @returns all cells
 */
function cellsIn(csv: string, separator: string): string[] {
  const options = { delimiter: separator, relax_quotes: true, relax_column_count: true };
  // A cell that has a quote inside is taken as it is; one that begins with a quote may never be closed.
  const lines = csv.split(/\r\n|\r|\n/);
  return lines.flatMap((line) => {
    try {
      return parse(line, options).flat();
    } catch {
      return line.split(separator).map((cell) => cell.replaceAll('"', ''));
    }
  });
}

test('no text is lost, and no part of one begins a formula in any spreadsheet', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (detail, group) => {
      expect(unescapeFormulas(escapeFormulas(detail))).toBe(detail);
      async function* records() {
        yield {
          ...{ line: 2, groupId: group, userId: '3', outcome: 'failed' as const, reason: null },
          ...{ details: [verbatim(detail)], attempts: 1, settledAt: null },
        };
      }
      const csv = (await all(resultsCsv(records()))).join('').slice(1);
      for (const separator of [';', '\t', ',']) {
        expect(cellsIn(csv, separator).filter(runs)).toEqual([]);
      }
      for (const part of csv.split(/[;,\t\r\n]/)) {
        expect(runs(part.replace(/^"+/, ''))).toBe(false);
      }
    }),
  );
});
