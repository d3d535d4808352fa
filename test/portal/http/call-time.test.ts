import { expect, test } from 'vitest';
import { readTime } from '../../../src/portal/http/call-time.ts';

const TOLD = {
  start: 1_795_516_237.25,
  finish: 1_795_516_238.5,
  duration: 1.25,
  processing: 1.2,
  operating_reset_at: 1_795_516_837,
  operating: 3.5,
};

test.each([
  ['as documented', TOLD, { finish: TOLD.finish, seconds: 1.2, operating: 3.5 }],
  [
    'numbers as strings',
    { ...TOLD, processing: '1.2' },
    { finish: TOLD.finish, seconds: 1.2, operating: 3.5 },
  ],
  [
    'no processing',
    { ...TOLD, processing: 0 },
    { finish: TOLD.finish, seconds: 1.25, operating: 3.5 },
  ],
  [
    'no operating',
    { ...TOLD, operating: undefined },
    { finish: TOLD.finish, seconds: 1.2, operating: undefined },
  ],
  [
    'an operating that is no number',
    { ...TOLD, operating: 'n/a' },
    { finish: TOLD.finish, seconds: 1.2, operating: undefined },
  ],
  ['no finish', { ...TOLD, finish: undefined }, undefined],
  ['nothing', undefined, undefined],
  ['an empty PHP array', [], undefined],
])('the time of an answer: %s', (_, reported, expected) => {
  expect(readTime(reported)).toEqual(expected);
});
