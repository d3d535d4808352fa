import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../support/vitest/properties.ts';
import { recordsOf } from '../source.ts';

describe('RecordReader, for any text', () => {
  const token = fc.constantFrom('"', '""', ',', '\n', '\r\n', '1', 'a', ' ', '",', ',"', '"\n');
  const soup = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''));

  it('finds the same records however the text is cut', () => {
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 7 }), (text, size) => {
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
          text.slice(i * size, (i + 1) * size),
        );
        expect(recordsOf(...pieces)).toEqual(recordsOf(text));
      }),
      { numRuns: runs(350) },
    );
  });

  it('counts each line once and in order', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const lines = recordsOf(text).map(([line]) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        expect(lines.at(-1) ?? 0).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: runs(350) },
    );
  });

  it('reads the same as one call of csv-parse, when that finds no error', () => {
    fc.assert(
      fc.property(soup, (text) => {
        let records: string[][];
        try {
          records = parse(text, {
            record_delimiter: ['\r\n', '\n'],
            trim: true,
            relax_column_count: true,
            skip_empty_lines: true,
          });
        } catch {
          fc.pre(false);
          return;
        }
        const isBlank = (cells: string[]) => /^[\s",]*$/.test(cells.join(''));
        const found = recordsOf(text).flatMap(([, cells]) =>
          Array.isArray(cells) ? [cells] : [[]],
        );
        expect(found.filter((cells) => !isBlank(cells))).toEqual(
          records.filter((cells) => !isBlank(cells)),
        );
      }),
      { numRuns: runs(500) },
    );
  });
});
