import { describe, expect, it } from 'vitest';
import { parseRecords } from '../../../src/files/csv/parse.ts';

describe('parseRecords', () => {
  it('returns the cells of each record, few or many', () => {
    expect(parseRecords(['a', ' b ,"c ""d""",\r', '"e\r\n\nf" ', '""', ','])).toEqual([
      ['a'],
      ['b', 'c "d"', ''],
      ['e\r\n\nf'],
      [''],
      ['', ''],
    ]);
  });

  it.each<[string, records: string[], refusal: object]>([
    ['a quote in a bare cell', ['a', 'é,b"c"'], { code: 'INVALID_OPENING_QUOTE', records: 1 }],
    ['text after a quote', ['"a"b'], { code: 'CSV_INVALID_CLOSING_QUOTE', records: 0 }],
    [
      'text after a quote and a blank',
      ['1', '2', 'x,"a" b', '"'],
      { code: 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE', records: 2 },
    ],
    ['an open quote', ['a', 'b,"c\n'], { code: 'CSV_QUOTE_NOT_CLOSED', records: 1 }],
  ])('reports why and where csv-parse refuses %s', (_, records, refusal) => {
    expect(parseRecords(records)).toMatchObject(refusal);
  });

  it('checks the number of records', () => {
    expect(() => parseRecords(['a\nb'])).toThrow('csv-parse finds 2 records where 1 are');
  });
});
