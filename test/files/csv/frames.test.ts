import { describe, expect, it } from 'vitest';
import { frameRecords, RECORD_LIMIT } from '../../../src/files/csv/frames.ts';

const framed = (text: string, most = 100) => {
  const { frames, at, line } = frameRecords(text, 0, 1, most);
  return { frames: frames.map((frame) => [frame.line, frame.text]), rest: text.slice(at), line };
};

describe('frameRecords', () => {
  it.each<[string, string, frames: [number, string][], rest: string, line: number]>([
    ['nothing', '', [], '', 1],
    ['a line without its end', 'a,b', [], 'a,b', 1],
    ['an end, and no more', 'a,b\r\nc', [[1, 'a,b\r']], 'c', 2],
    ['blank lines', '\n \t\r\na\n\u00a0\n', [[3, 'a']], '', 5],
    [
      'quotes on a line',
      '"a","b"\n"c"\n',
      [
        [1, '"a","b"'],
        [2, '"c"'],
      ],
      '',
      3,
    ],
    [
      'a newline in quotes',
      '1,"a\nb"\n2\n',
      [
        [1, '1,"a\nb"'],
        [3, '2'],
      ],
      '',
      4,
    ],
    [
      'many newlines in quotes',
      '"a\n\n\n","\n"\n2\n',
      [
        [1, '"a\n\n\n","\n"'],
        [6, '2'],
      ],
      '',
      7,
    ],
    [
      'doubled quotes',
      '"a""\n""b"\n2\n',
      [
        [1, '"a""\n""b"'],
        [3, '2'],
      ],
      '',
      4,
    ],
    ['a quote that stays open', '1\n2,"a\nb\n', [[1, '1']], '2,"a\nb\n', 2],
    [
      'stray quotes',
      'a"b"c\n5"\n6"\n',
      [
        [1, 'a"b"c'],
        [2, '5"\n6"'],
      ],
      '',
      4,
    ],
  ])('finds %s', (_, text, frames, rest, line) => {
    expect(framed(text)).toEqual({ frames, rest, line });
  });

  it('begins at the given offset, and stops after the given number', () => {
    const text = 'a\n"b\nc"\nd\ne\n';
    expect(frameRecords(text, 2, 2, 2)).toEqual({
      frames: [
        { line: 2, start: 2, text: '"b\nc"' },
        { line: 4, start: 8, text: 'd' },
      ],
      at: 10,
      line: 5,
    });
  });

  it('stops at a record that is too long', () => {
    const long = 'x'.repeat(RECORD_LIMIT);
    expect(framed(`${long}\n2\n`).frames).toEqual([
      [1, long],
      [2, '2'],
    ]);
    expect(framed(`1\n${long}x\n2\n`)).toEqual({
      frames: [[1, '1']],
      rest: `${long}x\n2\n`,
      line: 2,
    });
  });
});
