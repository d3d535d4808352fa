import type { Settled } from './outcome.ts';

/** What a group shows about a person; undefined: nothing. */
export type Relation = 'member' | 'pending' | 'banned';

/** What is known about a person and a group. Whatever was not read is undefined. */
export interface PairFacts {
  isCaller: boolean;
  isGroupVisible: boolean | undefined;
  relation: Relation | undefined;
  isUserVisible: boolean | undefined;
  /** See {@link mayInvite}. */
  mayInvite: boolean | undefined;
}

type Of<Kind extends Settled['outcome']> = Extract<Settled, { outcome: Kind }>;

/** Why an invitation has no effect. */
export type Obstacle =
  | Of<'skipped'>
  | { outcome: 'failed'; reason: Exclude<Of<'failed'>['reason'], 'declined' | 'portal_error'> };

const BY_RELATION = {
  member: { outcome: 'skipped', reason: 'already_member' },
  pending: { outcome: 'skipped', reason: 'already_invited' },
  banned: { outcome: 'failed', reason: 'banned' },
} as const satisfies Record<Relation, Obstacle>;

/**
 * The rule for the forecast before an invitation as well as for the explanation after it.
 *
 * @returns what prevents the invitation, as far as is known
 */
export function findObstacle(facts: PairFacts): Obstacle | undefined {
  if (facts.isGroupVisible === false) return { outcome: 'failed', reason: 'group_not_found' };
  if (facts.isCaller) return { outcome: 'skipped', reason: 'caller' };
  if (facts.relation !== undefined) return BY_RELATION[facts.relation];
  if (facts.isUserVisible === false) return { outcome: 'failed', reason: 'user_not_found' };
  if (facts.mayInvite === false) return { outcome: 'failed', reason: 'not_allowed' };
  return undefined;
}

/** What decides whether the caller may invite into a group. */
export interface InviteRight {
  /** What the portal says about the group (`ACTIONS.INVITE`); undefined when it says nothing. */
  reported: boolean | undefined;
  /** Whether the caller is an administrator; undefined when the portal does not say. */
  isAdmin: boolean | undefined;
  /** Whether the caller has invited somebody into the group. */
  hasInvited: boolean;
}

/**
 * What the portal says about a group goes by the caller's role in it alone: for an administrator without a
 * role there it says no, and the invitation works all the same ("Retrieve Data on Workgroup", published
 * module `socialnetwork`).
 *
 * @returns undefined when nothing is known, or only administrators may and the caller may be one
 */
export function mayInvite({ reported, isAdmin, hasInvited }: InviteRight): boolean | undefined {
  if (reported === true || hasInvited || isAdmin === true) return true;
  return reported === false && isAdmin === false ? false : undefined;
}
