import { expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { hasAddressIn, isNamedIn } from '../../../src/domain/pairs/person.ts';

const ANNA = { userId: 10 as UserId, emails: ['anna@x.test'] };

test.each([
  'anna@x.test',
  'mailto:anna@x.test',
  'MAILTO:Anna@X.test?subject=Hi',
  'anna@x.test.',
  'an\u200bna@x.test',
  'anna@x.test/bob@x.test',
  'Anna <anna@x.test>',
  '"anna@x.test, bob@x.test"',
  'bob@x.test;anna@x.test',
])('%j names the person by the address', (cell) => {
  expect(isNamedIn(cell, ANNA)).toBe(true);
  expect(hasAddressIn(`instead of ${cell}`, ANNA)).toBe(true);
});

test.each(['10', '010', '10.0', '\u200e10', '[USER=10]Anna[/USER]', 'Anna [10]', '7, 10'])(
  '%j names the person by the id',
  (cell) => {
    expect(isNamedIn(cell, ANNA)).toBe(true);
    expect(hasAddressIn(cell, ANNA)).toBe(false);
  },
);

test.each(['100', '110', 'joanna@x.test', 'anna@x.tester', 'anna@x.test.example', ''])(
  '%j does not',
  (cell) => {
    expect(isNamedIn(cell, ANNA)).toBe(false);
    expect(hasAddressIn(cell, ANNA)).toBe(false);
  },
);
