import { expect, test } from 'vitest';
import { readTime } from '../../../src/portal/http/call-time.ts';

const RESET_AT = 1_795_516_837;
const REPORTED = {
  start: 1_795_516_237.25,
  finish: 1_795_516_238.5,
  duration: 1.25,
  processing: 1.2,
  operating_reset_at: RESET_AT,
  operating: 3.5,
};

test.each([
  [
    'as documented',
    REPORTED,
    { finish: REPORTED.finish, seconds: 1.2, operating: 3.5, resetAt: RESET_AT },
  ],
  [
    'numbers as strings',
    { ...REPORTED, processing: '1.2' },
    { finish: REPORTED.finish, seconds: 1.2, operating: 3.5, resetAt: RESET_AT },
  ],
  [
    'no processing',
    { ...REPORTED, processing: 0 },
    { finish: REPORTED.finish, seconds: 1.25, operating: 3.5, resetAt: RESET_AT },
  ],
  [
    'whole seconds',
    { ...REPORTED, start: 1_795_516_237, duration: 1.5, processing: 0 },
    { finish: REPORTED.finish, seconds: 1.5, operating: 3.5, resetAt: RESET_AT },
  ],
  [
    'the limiter is off',
    { ...REPORTED, operating: undefined, operating_reset_at: undefined },
    { finish: REPORTED.finish, seconds: 1.2, operating: undefined },
  ],
  [
    'no operating',
    { ...REPORTED, operating: undefined, operating_reset_at: undefined },
    { finish: REPORTED.finish, seconds: 1.2, operating: undefined, resetAt: undefined },
  ],
  [
    'an operating that is no number',
    { ...REPORTED, operating: 'n/a' },
    { finish: REPORTED.finish, seconds: 1.2, operating: undefined, resetAt: RESET_AT },
  ],
  ['no finish', { ...REPORTED, finish: undefined }, undefined],
  ['nothing', undefined, undefined],
  ['an empty PHP array', [], undefined],
])('the time of an answer: %s', (_, reported, expected) => {
  expect(readTime(reported)).toEqual(expected);
});
