import { expect, test } from 'vitest';
import { inRussianQuotes } from '../../../src/dashboard/i18n/russian-quotes.ts';

test.each([
  ['“Отдел”', '«Отдел»'],
  ['“a”, “b”', '«a», «b»'],
  ['1 “a”', '1 «a»'],
  ['“say “hi” to all”', '«say “hi” to all»'],
  ['“a ” b”', '«a ” b»'],
  ['no quotes', 'no quotes'],
  ['one ” only', 'one ” only'],
])('%s is shown as %s', (cell, shown) => {
  expect(inRussianQuotes({ cell, line: 3 })).toEqual({ cell: shown, line: 3 });
  expect(inRussianQuotes({ said: cell, text: cell })).toEqual({ said: cell, text: cell });
});
