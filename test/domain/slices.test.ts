import { expect, test } from 'vitest';
import { inLoads, inSlices } from '../../src/domain/slices.ts';

test.each([
  [[], 2, []],
  [[1], 2, [[1]]],
  [[1, 2], 2, [[1, 2]]],
  [[1, 2, 3], 2, [[1, 2], [3]]],
])('splits %j into slices of %i', (items, size, slices) => {
  expect(inSlices(items, size)).toEqual(slices);
});

test.each([
  [[], []],
  [[9], [[9]]],
  [[3, 3, 4], [[3, 3, 4]]],
  [
    [3, 3, 5],
    [[3, 3], [5]],
  ],
  [
    [11, 1, 9, 12],
    [[11], [1, 9], [12]],
  ],
])('splits %j into loads of ten', (items, loads) => {
  expect(inLoads(items, (item) => item, 10)).toEqual(loads);
});
