import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExternalSort, type KeyedRow } from '../../../src/ledger/external-sort/external-sort.ts';
import { runs } from '../../support/vitest/properties.ts';

function sorted(rows: readonly KeyedRow[], rowsPerRun?: number): KeyedRow[] {
  using sort = new ExternalSort(rowsPerRun);
  for (const row of rows) sort.add(row);
  return [...sort.sorted()];
}

const inOrder = (rows: readonly KeyedRow[]) =>
  rows.toSorted((a, b) => a.major - b.major || a.minor - b.minor);

describe('ExternalSort', () => {
  test('gives any rows in order, equal ones as they came, with any number of runs', () => {
    const key = fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 2 ** 32 - 1 }), fc.constant(2 ** 11));
    const row = fc.record({
      major: key,
      minor: key,
      seq: fc.maxSafeNat(),
      line: fc.maxSafeNat(),
    });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 60 }),
        fc.integer({ min: 1, max: 61 }),
        (rows, most) => {
          expect(sorted(rows, most)).toEqual(inOrder(rows));
        },
      ),
      { numRuns: runs(100) },
    );
  });

  test('reads runs that are longer than a read, or than the first allocation', () => {
    const rows = Array.from({ length: 7_000 }, (_, i) => ({
      major: (i * 7_919) % 50,
      minor: (i * 104_729) % 1_000_003,
      seq: i + 1,
      line: i + 2,
    }));
    for (const most of [2_500, undefined]) expect(sorted(rows, most)).toEqual(inOrder(rows));
  });
});
