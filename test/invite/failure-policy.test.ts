import { describe, expect, test } from 'vitest';
import {
  type Cause,
  type Consequences,
  consequencesOf,
  countsAsAttempt,
  isGivenUp,
  type Phase,
} from '../../src/invite/failure-policy.ts';
import { classifyError, type PortalFailure } from '../../src/portal/http/failure.ts';
import { isGroupUnseen } from '../../src/portal/methods/invite.ts';

type Row = [
  cause: Cause,
  pair: string,
  chunk: Consequences<unknown>['chunk'],
  portal: Consequences<unknown>['portal'],
  budget: Consequences<unknown>['budget'],
];

const REQUEST: Row[] = [
  ['not_sent', 'returned', 'continues', 'hold', 'release'],
  ['withheld', 'returned', 'backs_off', 'unknown', 'release'],
  ['rate_limited', 'returned', 'backs_off', 'answers', 'release'],
  ['operating_limited', 'returned', 'continues', 'answers', 'release'],
  ['held', 'returned', 'continues', 'hold', 'release'],
  ['refused', 'failed', 'counts', 'answers', 'release'],
  ['stale', 'failed', 'counts', 'answers', 'release'],
  ['group_not_found', 'settled', 'continues', 'works', 'release'],
  ['unanswered', 'in_doubt', 'counts', 'answers', 'lose'],
  ['silent', 'uncounted', 'counts', 'silent', 'lose'],
  ['abandoned', 'in_doubt', 'continues', 'unknown', 'lose'],
];
const COMMAND: Row[] = [
  ['not_sent', 'returned', 'continues', 'works', 'release'],
  ['withheld', 'returned', 'continues', 'works', 'release'],
  ['rate_limited', 'returned', 'backs_off', 'works', 'release'],
  ['operating_limited', 'returned', 'continues', 'works', 'close'],
  ['held', 'returned', 'continues', 'hold', 'release'],
  ['refused', 'failed', 'continues', 'works', 'release'],
  ['stale', 'failed', 'continues', 'works', 'release'],
  ['group_not_found', 'settled', 'continues', 'works', 'release'],
  ['unanswered', 'in_doubt', 'continues', 'works', 'release'],
  ['silent', 'in_doubt', 'continues', 'works', 'release'],
  ['abandoned', 'in_doubt', 'continues', 'works', 'release'],
];
/** Its code may be about another command. */
const LATER_COMMAND: Row[] = COMMAND.map((row) =>
  row[0] === 'stale' ? ['stale', 'alone', 'continues', 'works', 'release'] : row,
);
const READING: [Cause, string, Consequences<unknown>['portal'], chunk: string][] = [
  ['not_sent', 'waits', 'hold', 'backs_off'],
  ['withheld', 'waits', 'unknown', 'backs_off'],
  ['rate_limited', 'waits', 'answers', 'backs_off'],
  ['operating_limited', 'waits', 'answers', 'backs_off'],
  ['held', 'waits', 'hold', 'backs_off'],
  // Only the group waits.
  ['refused', 'attempted', 'answers', 'continues'],
  ['stale', 'attempted', 'answers', 'continues'],
  ['group_not_found', 'attempted', 'answers', 'continues'],
  ['unanswered', 'attempted', 'answers', 'continues'],
  ['silent', 'waits', 'silent', 'backs_off'],
  ['abandoned', 'waits', 'unknown', 'backs_off'],
];

function failureOf(cause: Cause): PortalFailure {
  if (cause === 'group_not_found') return classifyError('', 'Socialnetwork group not found');
  if (cause === 'stale') return classifyError('ERROR_NO_PERMS', 'No permissions');
  return { kind: cause, code: 'CODE', description: 'in its words' };
}

describe.each<[Phase, Row[]]>([
  ['request', REQUEST],
  ['command', COMMAND],
  ['later_command', LATER_COMMAND],
])('a failure of a %s', (phase, rows) => {
  test.each(rows)(
    'that is %s: the pair is %s, the chunk %s, the portal %s, the budget %s',
    (...expected) => {
      const [cause, pair, chunk, portal, budget] = expected;
      expect(consequencesOf(failureOf(cause), phase)).toEqual({ pair, chunk, portal, budget });
    },
  );
});

test.each(READING)(
  'a read that is %s: the pair %s, the portal %s, the chunk %s',
  (cause, pair, portal, chunk) => {
    expect(consequencesOf(failureOf(cause), 'reading')).toEqual({ pair, portal, chunk });
  },
);

const SAYS_NOT_FOUND = 'GROUP not Found.';
test.each<[code: string, words: string, isUnseen: boolean]>([
  ['', 'Socialnetwork group not found', true],
  ['SONET_CONTROLLER_WORKGROUP_NOT_FOUND', 'x', true],
  ['100', SAYS_NOT_FOUND, true],
  ['100', 'User not found', false],
  ['NO_AUTH_FOUND', SAYS_NOT_FOUND, false],
  ['OPERATION_TIME_LIMIT', SAYS_NOT_FOUND, false],
  ['INTERNAL_SERVER_ERROR', SAYS_NOT_FOUND, false],
])(
  'the answer %j %j to reading a group means that it does not exist: %s',
  (code, words, isUnseen) => {
    const failure = classifyError(code, words);
    expect(isGroupUnseen(failure)).toBe(isUnseen);
    // The error of an invitation with a code can be a repetition of another command's.
    const settles = code === '' || code.startsWith('SONET');
    const { pair } = consequencesOf(failure, 'command');
    expect(pair === 'settled').toBe(settles);
  },
);

test.each([
  [1, 1, false],
  [2, 1, false],
  [3, 1, true],
  [4, 5, false],
  [5, 5, true],
])('after %i requests without an answer, of %i attempts, a pair fails: %s', (sent, max, is) => {
  expect(isGivenUp(sent, max)).toBe(is);
});

describe('no attempt is counted', () => {
  test.each(READING)('for a read that is %s, unless it is about its pairs: %s', (cause, pair) => {
    expect(countsAsAttempt(failureOf(cause))).toBe(pair === 'attempted');
  });

  test('for a request that was certainly not executed, or failed because of the portal as a whole', () => {
    const portalWide: Cause[] = [
      'not_sent',
      'withheld',
      'rate_limited',
      'operating_limited',
      'held',
    ];
    for (const rows of [REQUEST, COMMAND]) {
      for (const [cause, pair] of rows.filter(([each]) => portalWide.includes(each))) {
        expect([cause, pair]).toEqual([cause, 'returned']);
      }
    }
  });
});
