import { describe, expect, it } from 'vitest';
import { parseRecords } from '../../../src/files/csv/parse.ts';
import { describeFault } from '../../../src/files/rows/row-faults.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';

function faultOf(text: string): string {
  const refusal = parseRecords([text]);
  if (Array.isArray(refusal)) throw new Error(`csv-parse reads ${JSON.stringify(refusal)}`);
  return describeDetails([describeFault(refusal, { line: 7, start: 0, text })]) ?? '';
}

const BARE = 'a quote stands inside a cell that does not begin with one:';
const FOLLOWS = 'text follows a closing quote:';

describe('describeFault', () => {
  it.each([
    ['5" pipe,1', `${BARE} “5" pipe,1”`],
    ['1,5" pipe\r', `${BARE} “5" pipe”`],
    ['é👋,"é", x"y",2', `${BARE} “x"y",2”`],
    ['"a\nb",c"d"', `${BARE} “c"d"”`],
    ['1,"a"b,2', `${FOLLOWS} “"a"b,2”`],
    ['1,"a" b', `${FOLLOWS} “"a" b”`],
    ['1, "a" "b"', `${FOLLOWS} “"a" "b"”`],
    ['1,"a"\u00a0', `${FOLLOWS} “"a"”`],
    [
      '1,"a\r\n\r\nb\r\n2,"c"\r',
      'a quote is opened here and closed on line 10 in the middle of text: “1,"a”',
    ],
    ['1,"a\n\rb"c', 'a quote is opened here and closed on line 8 in the middle of text: “1,"a”'],
    ['1,"a\n2,b', 'a quote is opened and never closed: “1,"a”'],
  ])('says what is wrong in %j', (text, detail) => {
    expect(faultOf(text)).toBe(detail);
  });
});
