import { describe, expect, test } from 'vitest';
import { detailInWords } from '../../src/dashboard/i18n/in-words.ts';
import { inRussianQuotes } from '../../src/dashboard/i18n/russian-quotes.ts';
import { ROW_DETAILS } from '../../src/messages/en/row-details-en.ts';
import { describeDetails, type RowDetailCode } from '../../src/messages/row-details.ts';

/** Signs with which sentences go on, in a cell and in names. */
const ODD = '“it; similar: x, nothing else; is called y and 3 more”';

const CODES = Object.keys(ROW_DETAILS) as RowDetailCode[];

/** What fills the sentence's slots. */
function paramsOf(code: RowDetailCode, text: string): Record<string, string | number> {
  const slots = [...ROW_DETAILS[code].matchAll(/\{(#?)(\w+)\}/g)];
  return Object.fromEntries(
    slots.map(([, mark, name = ''], at) => [name, mark === '#' ? 7 + at : text]),
  );
}

describe.each(CODES)('%s', (code) => {
  const params = paramsOf(code, '“Anna”');

  test('is said with all that stands in it, whatever that is', () => {
    const text = describeDetails([{ code, params: paramsOf(code, ODD) }]) ?? '';
    for (const value of Object.values(paramsOf(code, ODD))) expect(text).toContain(String(value));
    expect(text).not.toMatch(/[{}]/);
  });

  test('is said in Russian with all that stands in it', () => {
    const details = [{ code, params }];
    const text = detailInWords({ detail: describeDetails(details), details }, 'ru') ?? '';
    if (code !== 'verbatim') expect(text).toMatch(/[а-я]/);
    for (const value of Object.values(inRussianQuotes(params)))
      expect(text).toContain(String(value));
  });
});

test('several are separated by semicolons, and none is null', () => {
  const [first, second] = [
    { code: 'group_empty', params: {} },
    { code: 'verbatim', params: { text: 'ERROR: {no} answer' } },
  ];
  expect(describeDetails([first, second])).toBe('the group is empty; ERROR: {no} answer');
  expect(describeDetails([])).toBeNull();
});

test('a code of a newer version stands for itself, and on the page its English', () => {
  const details = [{ code: 'new_code', params: {} }];
  expect(describeDetails(details)).toBe('new_code');
  expect(detailInWords({ detail: 'in words', details: [] }, 'ru')).toBe('in words');
});
