import { describe, expect, it } from 'vitest';
import { RECORD_LIMIT } from '../../../src/files/csv/frames.ts';
import { type Found, recordsOf } from '../source.ts';

const containing = (text: string) => expect.stringContaining(text);

describe('RecordReader, where records are broken', () => {
  it.each<[string, string, Found[]]>([
    [
      'a stray quote',
      'a"b,c\r\nd\n',
      [
        [1, containing('begin with one: “a"b,c”')],
        [2, ['d']],
      ],
    ],
    [
      'text after a quote',
      'x,"a"b,c\nd\n',
      [
        [1, containing('text follows a closing quote: “"a"b,c”')],
        [2, ['d']],
      ],
    ],
    [
      'a quote closed too late',
      '1,"a\n2,b\n3,"c"\n4,d\n',
      [
        [1, containing('closed on line 3 in the middle of text: “1,"a”')],
        [2, ['2', 'b']],
        [3, ['3', 'c']],
        [4, ['4', 'd']],
      ],
    ],
    [
      'a quote never closed',
      '1,"a\n2,b\n3,""c""\n4,d',
      [
        [1, containing('never closed: “1,"a”')],
        [2, ['2', 'b']],
        [3, containing('closing quote')],
        [4, ['4', 'd']],
      ],
    ],
    [
      'a quote opened on the last line',
      '1,2\n"',
      [
        [1, ['1', '2']],
        [2, containing('never closed')],
      ],
    ],
    [
      'a second quote of the row never closed',
      '1,"a\nb","c\n2,3\n',
      [
        [1, containing('never closed')],
        [2, containing('begin with one')],
        [3, ['2', '3']],
      ],
    ],
  ])('loses one line for %s', (_, text, expected) => {
    expect(recordsOf(text)).toEqual(expected);
  });

  it.each([
    ['a line', `a,${'x'.repeat(2 * RECORD_LIMIT)}`],
    ['a quoted line', `"${'x'.repeat(2 * RECORD_LIMIT)}"`],
    ['a line after a stray quote', `a"${'x'.repeat(2 * RECORD_LIMIT)}`],
  ])('rejects %s that is too long', (_, long) => {
    const text = `1\n${long}\n2\n`;
    const pieces = text.match(/.{1,65536}/gs) ?? [];
    for (const found of [recordsOf(text), recordsOf(...pieces)]) {
      expect(found).toEqual([
        [1, ['1']],
        [2, expect.any(String)],
        [3, ['2']],
      ]);
    }
  });

  it('continues after the first line of a record that is too long', () => {
    const lines = Array.from({ length: 2_500 }, (_, i) => `${i},${'x'.repeat(1_000)}`);
    const last = lines.length + 1;
    const text = `1,"never closed\n${lines.join('\n')}\n`;
    for (const found of [recordsOf(text), recordsOf(...(text.match(/.{1,65536}/gs) ?? []))]) {
      expect(found).toHaveLength(last);
      expect(found[0]).toEqual([1, expect.any(String)]);
      expect(found.at(-1)).toEqual([last, lines.at(-1)?.split(',')]);
    }
  });

  it('loses no row when every second one is broken', () => {
    const rows = 10_000;
    const lines = Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? `${i},5" pipe` : `${i},7`));
    const found = recordsOf(...(lines.join('\n').match(/.{1,65536}/gs) ?? []));
    expect(found.map(([line]) => line)).toEqual(lines.map((_, i) => i + 1));
    const kept = found.flatMap(([, cells]) => (Array.isArray(cells) ? [cells] : []));
    expect(kept).toHaveLength(rows / 2);
    expect(kept.at(-1)).toEqual([`${rows - 1}`, '7']);
  });

  it('loses nothing around a broken record, at any position', () => {
    for (const at of [0, 1, 998, 999, 1000, 1001, 2999]) {
      const lines = Array.from({ length: 3000 }, (_, i) => (i === at ? 'a"b' : `${i}`));
      const found = recordsOf(lines.join('\n'));
      const expected = lines.map((text, i) => [i + 1, i === at ? expect.any(String) : [text]]);
      expect(found).toEqual(expected);
    }
  });
});
