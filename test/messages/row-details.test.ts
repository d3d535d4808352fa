import { describe, expect, test } from 'vitest';
import { detailInWords } from '../../src/dashboard/i18n/in-words.ts';
import { ROW_DETAILS, type RowDetailCode, rowDetails } from '../../src/messages/row-details.ts';

/** Signs with which sentences go on, in a cell and in names. */
const ODD = '“it; similar: x, nothing else; is called y and 3 more”';

const CODES = Object.keys(ROW_DETAILS) as RowDetailCode[];

/** What fills the sentence's slots. */
function paramsOf(code: RowDetailCode, text: string): Record<string, string | number> {
  const slots = [...ROW_DETAILS[code].matchAll(/\{([#“]?)(\w+)”?\}/g)];
  return Object.fromEntries(
    slots.map(([, mark, name = ''], at) => [name, mark === '#' ? 7 + at : text]),
  );
}

const say = rowDetails.say.bind(rowDetails) as (code: string, params: object) => string;

describe.each(CODES)('%s', (code) => {
  const params = paramsOf(code, '“Anna”');

  test('is read back, alone and after another', () => {
    const text = say(code, params);
    expect(rowDetails.read(text)).toEqual([{ code, params }]);
    const first = say('group_id_list', { cell: '“1,2”' });
    expect(rowDetails.read(`${first}; ${text}`)).toEqual([
      { code: 'group_id_list', params: { cell: '“1,2”' } },
      { code, params },
    ]);
  });

  test('is said again as it was, whatever stands in it', () => {
    const text = say(code, paramsOf(code, ODD));
    const said = rowDetails.read(text);
    expect(said.length).toBeGreaterThan(0);
    expect(said.map((one) => say(one.code, one.params)).join('; ')).toBe(text);
  });

  test('is said in Russian with all that stands in it', () => {
    const details = [{ code, params }];
    const text = detailInWords({ detail: say(code, params), details }, 'ru') ?? '';
    expect(text).toMatch(/[а-я]/);
    for (const value of Object.values(params)) expect(text).toContain(String(value));
  });
});

test('the words of others stay theirs', () => {
  for (const detail of ['', 'ERROR: no answer; sorry', 'no answer at all', '; '.repeat(50_000)]) {
    expect(rowDetails.read(detail)).toEqual([]);
    expect(detailInWords({ detail, details: [] }, 'ru')).toBe(detail);
  }
});
