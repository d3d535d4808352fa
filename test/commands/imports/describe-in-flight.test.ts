import { expect, test } from 'vitest';
import {
  describeInFlight,
  summarizeInFlight,
} from '../../../src/commands/imports/describe-in-flight.ts';

const LEFT = 'left out of the portal’s answer';

test.each([
  [0, 0, [], ''],
  [1, 0, ['1 invitation is in flight; its outcome is not known yet.'], '1 in flight'],
  [
    1_200,
    0,
    ['1,200 invitations are in flight; their outcomes are not known yet.'],
    '1,200 in flight',
  ],
  [1, 1, [`1 pair was ${LEFT}; the reason is not known yet.`], `1 ${LEFT}`],
  [
    5,
    2,
    [
      '3 invitations are in flight; their outcomes are not known yet.',
      `2 pairs were ${LEFT}; the reasons are not known yet.`,
    ],
    `3 in flight, 2 ${LEFT}`,
  ],
])('%i sent pairs, %i of them answered', (inFlight, leftOut, lines, summary) => {
  expect(describeInFlight(inFlight, leftOut)).toEqual(lines);
  expect(summarizeInFlight(inFlight, leftOut)).toBe(summary);
});
