import { expect, it } from 'vitest';
import { LONGEST_TEXT, TextArena } from '../../../src/files/xlsx/text-arena.ts';

it('returns each text in any order, from memory and from its file', () => {
  using arena = new TextArena();
  // Three bytes each: more than sixteen blocks of a mebibyte.
  const long = (number: number) => `${number}${'東'.repeat(LONGEST_TEXT - 9)}`;
  const short = (number: number) => `Имя ${number}`;
  for (let number = 0; number < 40; number++) {
    arena.add(long(number));
    arena.add(short(number));
  }
  arena.add('');
  expect(arena.count).toBe(81);
  for (const number of [0, 39, 20, 21, 5, 38, 25, 39]) {
    expect(arena.text(2 * number) === long(number)).toBe(true);
    expect(arena.text(2 * number + 1)).toBe(short(number));
  }
  expect(arena.text(80)).toBe('');
});
