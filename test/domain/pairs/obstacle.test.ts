import { describe, expect, test } from 'vitest';
import {
  findObstacle,
  type InviteRight,
  mayInvite,
  type PairFacts,
} from '../../../src/domain/pairs/obstacle.ts';

const CLEAR: PairFacts = {
  ...{ isCaller: false, isGroupVisible: true, relation: undefined },
  ...{ isUserVisible: true, mayInvite: true },
};

describe('what prevents an invitation', () => {
  test.each<[string, Partial<PairFacts>, string | undefined]>([
    ['nothing', {}, undefined],
    [
      'nothing that is known',
      { isGroupVisible: undefined, isUserVisible: undefined, mayInvite: undefined },
      undefined,
    ],
    [
      'an invisible group, for the caller too',
      { isCaller: true, isGroupVisible: false },
      'group_not_found',
    ],
    ['the caller, also as a member', { isCaller: true, relation: 'member' }, 'caller'],
    [
      'membership, of a person out of sight too',
      { relation: 'member', isUserVisible: false },
      'already_member',
    ],
    ['a pending relation', { relation: 'pending' }, 'already_invited'],
    [
      'a ban, also where the caller may not invite',
      { relation: 'banned', mayInvite: false },
      'banned',
    ],
    ['a person out of sight', { isUserVisible: false, mayInvite: false }, 'user_not_found'],
    ['a group that forbids it', { mayInvite: false }, 'not_allowed'],
  ])('%s', (_, facts, reason) => {
    expect(findObstacle({ ...CLEAR, ...facts })?.reason).toBe(reason);
  });
});

describe('whether the caller may invite', () => {
  test.each<[InviteRight['reported'], InviteRight['isAdmin'], boolean, boolean | undefined]>([
    [true, false, false, true],
    [true, undefined, false, true],
    [false, true, false, true],
    [false, false, true, true],
    [false, undefined, true, true],
    [undefined, false, true, true],
    [undefined, true, false, true],
    [false, false, false, false],
    [false, undefined, false, undefined],
    [undefined, false, false, undefined],
    [undefined, undefined, false, undefined],
  ])(
    'group says %s, administrator %s, has invited %s → %s',
    (reported, isAdmin, hasInvited, may) => {
      expect(mayInvite({ reported, isAdmin, hasInvited })).toBe(may);
    },
  );
});
