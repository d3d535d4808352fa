import { expect, test } from 'vitest';
import { nextPlace } from '../../src/dashboard/features/login/next-place.ts';

test.each([
  ['', '/'],
  ['?next=%2Fimports%2F3%2Fpairs%3Foutcome%3Dfailed', '/imports/3/pairs?outcome=failed'],
  ['?next=imports', '/'],
  ['?next=%2F%2Fevil.example', '/'],
  ['?next=%2F%5Cevil.example', '/'],
  ['?next=https%3A%2F%2Fevil.example', '/'],
])('after the login %j leads to %s', (search, place) => {
  expect(nextPlace(search)).toBe(place);
});
