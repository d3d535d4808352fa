import { expect, test } from 'vitest';
import { readTime } from '../../../src/portal/http/call-time.ts';

const REPORTED = {
  start: 1_795_516_237.25,
  finish: 1_795_516_238.5,
  duration: 1.25,
  processing: 1.2,
  operating_reset_at: 1_795_516_837,
  operating: 3.5,
};

test.each([
  ['as documented', REPORTED, { finish: REPORTED.finish, seconds: 1.2, operating: 3.5 }],
  [
    'numbers as strings',
    { ...REPORTED, processing: '1.2' },
    { finish: REPORTED.finish, seconds: 1.2, operating: 3.5 },
  ],
  [
    'no processing',
    { ...REPORTED, processing: 0 },
    { finish: REPORTED.finish, seconds: 1.25, operating: 3.5 },
  ],
  [
    'no operating',
    { ...REPORTED, operating: undefined },
    { finish: REPORTED.finish, seconds: 1.2, operating: undefined },
  ],
  [
    'an operating that is no number',
    { ...REPORTED, operating: 'n/a' },
    { finish: REPORTED.finish, seconds: 1.2, operating: undefined },
  ],
  ['no finish', { ...REPORTED, finish: undefined }, undefined],
  ['nothing', undefined, undefined],
  ['an empty PHP array', [], undefined],
])('the time of an answer: %s', (_, reported, expected) => {
  expect(readTime(reported)).toEqual(expected);
});
