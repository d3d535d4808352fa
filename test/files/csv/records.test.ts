import { describe, expect, it } from 'vitest';
import { type Found, recordsOf } from '../source.ts';

describe('RecordReader', () => {
  it.each<[string, string, Found[]]>([
    ['nothing', '', []],
    [
      'LF',
      'a,b\nc,d\n',
      [
        [1, ['a', 'b']],
        [2, ['c', 'd']],
      ],
    ],
    [
      'CRLF',
      'a,b\r\nc,d\r\n',
      [
        [1, ['a', 'b']],
        [2, ['c', 'd']],
      ],
    ],
    [
      'no last newline',
      'a\nb',
      [
        [1, ['a']],
        [2, ['b']],
      ],
    ],
    [
      'blank lines',
      '\n\r\na\n  \n\t\r\nb\n\n',
      [
        [3, ['a']],
        [6, ['b']],
      ],
    ],
    [
      'empty cells, and no rows of nothing else',
      'a,\n,\n"",\n""\n , \r\n\u200b,\n,a\n',
      [
        [1, ['a', '']],
        [7, ['', 'a']],
      ],
    ],
    ['quotes', '"a,""b""",c\r\n', [[1, ['a,"b"', 'c']]]],
    [
      'doubled quotes alone',
      'a,""""\n"""""",a\n',
      [
        [1, ['a', '"']],
        [2, ['""', 'a']],
      ],
    ],
    [
      'lines in quotes',
      '"a\nb\r\n\r\nc",d\ne\n',
      [
        [1, ['a\nb\r\n\r\nc', 'd']],
        [5, ['e']],
      ],
    ],
    [
      'a newline first',
      '\n"\na"\nb',
      [
        [2, ['\na']],
        [4, ['b']],
      ],
    ],
    [
      'lone CR is no line outside of quotes',
      'a\rb,"c\rd"\ne',
      [
        [1, expect.stringContaining('line end of another kind (U+000D)')],
        [2, ['e']],
      ],
    ],
    ['blanks around quotes', 'a, "b, c"\t,d\r\n', [[1, ['a', 'b, c', 'd']]]],
    ['blanks around bare cells', ' a , b,"c"\n', [[1, ['a', 'b', 'c']]]],
    ['the last cell in quotes', 'a,"b\nc"', [[1, ['a', 'b\nc']]]],
  ])('reads %s', (_, text, expected) => {
    expect(recordsOf(text)).toEqual(expected);
  });
});
