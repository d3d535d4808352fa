import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import { findObstacle, type InviteRight, mayInvite } from '../../domain/pairs/obstacle.ts';
import type { Verdict } from '../../domain/pairs/outcome.ts';
import type { SentPair } from '../../ledger/delivery/read-sent.ts';
import { findInvitedGroups } from '../../ledger/tallies/group-tallies.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import { relationOf } from '../../portal/methods/groups.ts';
import type { OwnedChunk, PipelineContext, StepResult } from '../pipeline-context.ts';
import { type GroupView, hasRelation, peopleOf, type UserView } from './group-relations.ts';
import { type PairFinding, recordFindings, type Unread, waitOr } from './record-findings.ts';
import { recordReadNames } from './record-read-names.ts';

export const NO_GROUP_SCOPE = rowDetail('no_group_scope', {});
const NO_USER_SCOPE = rowDetail('no_user_scope', {});
const PENDING_NOT_SHOWN = rowDetail('pending_not_shown', {});
const NO_RIGHT = { isAdmin: false, hasInvited: false };
const RIGHT_NOT_KNOWN = rowDetail('may_invite_not_known', {});

/** What was read about a pair. */
export interface LeftOutViews {
  group: GroupView;
  /** Undefined when the user was not looked up because the group explains the result. */
  user: UserView | undefined;
  /** What else decides whether the caller may invite into the group. */
  right: Omit<InviteRight, 'reported'>;
  /** Why the portal has not said yet who the caller is. */
  profileFailure?: PortalFailure | undefined;
}

/**
 * Explains why the portal left a pair out, from what was read. If the group or the user was not read, the
 * portal's reason is unknown, and it is not guessed.
 *
 * @param maxAttempts number of attempts after which nothing is read again
 */
export function explainLeftOut(
  pair: Pick<SentPair, 'userId' | 'attempts'>,
  callerId: UserId,
  views: LeftOutViews,
  maxAttempts: number,
): PairFinding {
  const found = verdictOf(pair.userId, callerId, views);
  if ('outcome' in found) return { kind: 'settled', verdict: found };
  return waitOr(found, pair.attempts >= maxAttempts, notExplained);
}

/** @returns a failure when something has to be read again */
function verdictOf(
  userId: UserId,
  callerId: UserId,
  { group, user, right, profileFailure }: LeftOutViews,
): Verdict | PortalFailure {
  if (userId === callerId) return { outcome: 'skipped', reason: 'caller' };
  if (group.kind === 'failed') return group.failure;
  const read = group.kind === 'read' ? group.group : undefined;
  const relation = read && relationOf(read, userId);
  const needsUser = group.kind !== 'not_found' && relation === undefined;
  if (needsUser && user?.kind === 'failed') return user.failure;
  const mayCallerInvite = mayInvite({ reported: read?.mayInvite, ...right });
  const obstacle = findObstacle({
    isCaller: false,
    isGroupVisible: group.kind !== 'not_found',
    relation,
    isUserVisible: user?.kind === 'exists' || (user?.kind === 'not_found' ? false : undefined),
    mayInvite: mayCallerInvite,
  });
  if (obstacle !== undefined) return obstacle;
  const missing = [
    ...(group.kind === 'no_scope' ? [NO_GROUP_SCOPE] : []),
    ...(user?.kind === 'no_scope' ? [NO_USER_SCOPE] : []),
  ];
  if (missing.length > 0) return notExplained(...missing);
  if (user === undefined) return notExplained();
  if (read?.showsPending === false) return notExplained(PENDING_NOT_SHOWN);
  const declined = { outcome: 'failed', reason: 'declined' } as const;
  if (mayCallerInvite !== undefined) return declined;
  return profileFailure ?? { ...declined, details: [RIGHT_NOT_KNOWN] };
}

const notExplained = (...details: RowDetail[]): Verdict => ({
  outcome: 'unknown',
  reason: 'not_explained',
  details,
});

/**
 * Looks up the pairs that answers did not name, each group once, and records why.
 *
 * @returns what could not be read: those pairs wait; a failure about them counts as an attempt
 */
export async function diagnose(
  context: PipelineContext,
  chunk: OwnedChunk,
  leftOut: readonly SentPair[],
  signal: AbortSignal,
): Promise<StepResult<Unread>> {
  const { callerId } = context.client.webhook;
  const others = leftOut.filter(({ userId }) => userId !== callerId);
  const views = await readViews(context, others, signal);
  const { profile } = context.client;
  const isForbidden = (pair: SentPair): boolean => {
    const all = { ...views.of(pair), right: NO_RIGHT };
    const found = explainLeftOut(pair, callerId, all, context.maxAttempts);
    return found.kind === 'settled' && found.verdict.reason === 'not_allowed';
  };
  // The user may have become an administrator, or no longer be one, since the profile was read.
  const dependsOnRight = others.some(isForbidden);
  const how = { withSlot: true };
  const { isAdmin } = await (dependsOnRight
    ? profile.renew(signal, how)
    : profile.get(signal, how));
  const profileFailure = profile.failure;
  return recordFindings(context, chunk, leftOut, async (tx) => {
    const importId = chunk.range.import_id;
    await recordReadNames(tx, importId, views);
    const invitedInto = await findInvitedGroups(tx, importId, closedOf(views.groups));
    return (pair) => {
      const right = { isAdmin, hasInvited: invitedInto.has(pair.groupId) };
      const all = { ...views.of(pair), right, profileFailure };
      return explainLeftOut(pair, callerId, all, context.maxAttempts);
    };
  });
}

interface Views {
  groups: ReadonlyMap<GroupId, GroupView>;
  users: ReadonlyMap<UserId, UserView>;
  of(pair: SentPair): Pick<LeftOutViews, 'group' | 'user'>;
}

/** Reads the groups, then the users without a relation, then which of those are banned. */
async function readViews(
  { reading: { relations } }: PipelineContext,
  pairs: readonly SentPair[],
  signal: AbortSignal,
): Promise<Views> {
  const groups = await relations.explainGroups(peopleOf(pairs), signal);
  const unexplained = pairs.filter(({ groupId, userId }) => {
    const view = groups.get(groupId);
    return view?.kind === 'no_scope' || (view?.kind === 'read' && !hasRelation(view.group, userId));
  });
  const ids = unexplained.map(({ userId }) => userId);
  const users = await relations.readUsers(ids, signal);
  const perhapsBanned = unexplained.filter(({ groupId, userId }) => {
    const view = groups.get(groupId);
    // Where the caller's role does not let them invite, the portal does not show them bans either. It shows the ban of
    // a person that the webhook cannot look up.
    return (
      view?.kind === 'read' &&
      view.group.mayInvite !== false &&
      users.get(userId)?.kind !== 'failed'
    );
  });
  const lists = await relations.readBans(peopleOf(perhapsBanned), signal);
  const isInList = new Set(perhapsBanned.map(({ seq }) => seq));
  return {
    ...{ groups, users },
    of: ({ seq, groupId, userId }) => ({
      group: (isInList.has(seq) ? lists : groups).get(groupId) ?? { kind: 'no_scope' },
      user: users.get(userId),
    }),
  };
}

const closedOf = (groups: ReadonlyMap<GroupId, GroupView>): GroupId[] =>
  [...groups].flatMap(([id, view]) =>
    view.kind === 'read' && view.group.mayInvite === false ? [id] : [],
  );
