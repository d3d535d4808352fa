import { expect, test } from 'vitest';
import { seemsSwitchedOff } from '../../../src/domain/pairs/groups-switched-off.ts';
import type { Tally } from '../../../src/domain/pairs/outcome.ts';

const declined = (count: number): Tally => ({ outcome: 'failed', reason: 'declined', count });
const unexplained: Tally = { outcome: 'unknown', reason: 'not_explained', count: 2 };
const unanswered: Tally = { outcome: 'unknown', reason: 'no_answer', count: 40 };
const members: Tally = { outcome: 'skipped', reason: 'already_member', count: 9 };
const invited = (count: number): Tally => ({ outcome: 'invited', reason: 'returned', count });

test.each<[string, Tally[], boolean]>([
  ['everyone was declined', [declined(3), invited(0)], true],
  ['everyone who is no member was declined', [declined(40), members], true],
  ['the webhook may not read why people were left out', [unexplained, declined(1)], true],
  ['there was no answer', [unexplained, unanswered], false],
  ['someone was invited', [declined(40), invited(1)], false],
  ['few were declined', [declined(2)], false],
  ['nothing was sent', [], false],
])('workgroups seem to be switched off: %s', (_, tallies, expected) => {
  expect(seemsSwitchedOff(tallies)).toBe(expected);
});
