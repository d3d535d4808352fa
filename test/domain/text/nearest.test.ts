import { expect, test } from 'vitest';
import { nearest } from '../../../src/domain/text/nearest.ts';

const NAMES = ['message', 'start', 'groupColumn', 'user_id', 'again'];

test.each([
  ['mesage', 'message'],
  ['Message', 'message'],
  ['group-column', 'groupColumn'],
  ['groupcolumn', 'groupColumn'],
  ['userid', 'user_id'],
  ['strat', undefined],
  ['stat', 'start'],
  ['x', undefined],
  ['', undefined],
  ['m'.repeat(1_000_000), undefined],
])('%.20s most likely means %s', (word, meant) => {
  expect(nearest(word, NAMES)).toBe(meant);
});
