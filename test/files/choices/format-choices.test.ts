import { expect, test } from 'vitest';
import {
  choicesOf,
  namesOf,
  unless,
  withRemembered,
} from '../../../src/files/choices/format-choices.ts';

const REMEMBERED = { encoding: 'windows-1251', columns: { group: '2', message: false } } as const;

test.each([
  [{}, REMEMBERED, ['encoding', 'group', 'message']],
  [{ encoding: 'utf-8' }, { ...REMEMBERED, encoding: 'utf-8' }, ['group', 'message']],
  [
    { columns: { message: '3', user: '1' } },
    { encoding: 'windows-1251', columns: { group: '2', user: '1', message: '3' } },
    ['encoding', 'group'],
  ],
  [{ ...REMEMBERED, delimiter: ';' }, { ...REMEMBERED, delimiter: ';' }, []],
] as const)('what is given now counts more than what is remembered: %j', (given, both, left) => {
  expect(withRemembered(given, REMEMBERED)).toEqual(both);
  expect(namesOf(unless(given, REMEMBERED))).toEqual(left);
});

test('nothing chosen leaves no choices', () => {
  expect(choicesOf({ encoding: undefined, delimiter: undefined, columns: {} })).toEqual({});
});
