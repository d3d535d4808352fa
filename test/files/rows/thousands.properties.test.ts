import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELIMITERS } from '../../../src/files/csv/delimiter.ts';
import { groupReferences, userReferences } from '../../../src/files/rows/references.ts';
import { rowOf } from '../../../src/files/rows/row.ts';
import { runs } from '../../support/vitest/properties.ts';

const SEPARATORS = [',', '.', ' ', "'", '’', '_', '\u00a0', '\u202f', '\u2009', '٬'];

const number = fc.integer({ min: 1_000, max: 2_147_483_647 });
const formatted = fc
  .record({
    number,
    separator: fc.constantFrom(...SEPARATORS),
    decimals: fc.constantFrom('', ',0', '.0', ',00', '.00', '.000'),
    indian: fc.boolean(),
  })
  .map(({ number, separator, decimals, indian }) => {
    const digits = String(number);
    const groups = indian ? /\B(?=(?:\d{2})*\d{3}$)/g : /\B(?=(?:\d{3})+$)/g;
    return { number, text: digits.replace(groups, separator) + decimals };
  });

describe('a number with separators of thousands', () => {
  it('names no other id than itself', () => {
    fc.assert(
      fc.property(formatted, fc.constantFrom(...DELIMITERS), ({ number, text }, delimiter) => {
        for (const references of [groupReferences, userReferences]) {
          for (const part of references(text, delimiter).parts) {
            if (part.kind === 'id') expect([text, part.id]).toEqual([text, number]);
          }
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('names no other one where its commas divide the row', () => {
    const format = {
      columns: { group: 0, user: 1, message: 2, count: 3 },
      delimiter: ',',
    } as const;
    fc.assert(
      fc.property(number, fc.constantFrom('', ',', ',Hi'), (user, rest) => {
        const grouped = String(user).replace(/\B(?=(?:\d{3})+$)/g, ',');
        const row = rowOf(2, `21,${grouped}${rest}`.split(','), format);
        expect(row.kind).toBe('reject');
      }),
      { numRuns: runs(200) },
    );
  });
});
