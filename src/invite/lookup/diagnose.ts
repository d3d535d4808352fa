import type { UserId } from '../../domain/pairs/ids.ts';
import type { Verdict } from '../../domain/pairs/outcome.ts';
import type { SentPair } from '../../ledger/delivery/read-sent.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import type { OwnedChunk, PipelineContext, StepResult } from '../pipeline-context.ts';
import { type GroupView, hasRelation, peopleOf, type UserView } from './group-relations.ts';
import { type PairFinding, recordFindings, type Unread, waitOr } from './record-findings.ts';

export const NO_GROUP_SCOPE = rowDetail('no_group_scope', {});
const NO_USER_SCOPE = rowDetail('no_user_scope', {});

/** What was read about a pair. */
export interface LeftOutViews {
  group: GroupView;
  /** Undefined when the person was not looked up, because the group explains it. */
  user: UserView | undefined;
}

/**
 * Explains why the portal left a pair out, from what was read. Where the group or the person was not
 * read, the portal's reason is not known, and not guessed.
 *
 * @param maxAttempts after so many attempts nothing is read again
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
  { group, user }: LeftOutViews,
): Verdict | PortalFailure {
  if (userId === callerId) return { outcome: 'skipped', reason: 'caller' };
  if (group.kind === 'failed') return group.failure;
  if (group.kind === 'not_found') return { outcome: 'failed', reason: 'group_not_found' };
  if (group.kind === 'read') {
    const { members, pending } = group.group;
    if (members.has(userId)) return { outcome: 'skipped', reason: 'already_member' };
    if (pending.has(userId)) return { outcome: 'skipped', reason: 'already_invited' };
  }
  if (user?.kind === 'failed') return user.failure;
  if (user?.kind === 'not_found') return { outcome: 'failed', reason: 'user_not_found' };
  if (group.kind === 'read' && group.group.mayInvite === false) {
    return { outcome: 'failed', reason: 'not_allowed' };
  }
  const missing = [
    ...(group.kind === 'no_scope' ? [NO_GROUP_SCOPE] : []),
    ...(user?.kind === 'no_scope' ? [NO_USER_SCOPE] : []),
  ];
  if (missing.length > 0) return notExplained(...missing);
  return user === undefined ? notExplained() : { outcome: 'failed', reason: 'declined' };
}

const notExplained = (...details: RowDetail[]): Verdict => ({
  outcome: 'unknown',
  reason: 'not_explained',
  details,
});

/**
 * Looks up the pairs that answers did not name, each group once, and records why.
 *
 * @returns what could not be read: those pairs wait, an attempt the fewer where it was about them
 */
export async function diagnose(
  context: PipelineContext,
  chunk: OwnedChunk,
  leftOut: readonly SentPair[],
  signal: AbortSignal,
): Promise<StepResult<Unread>> {
  const { callerId } = context.client.webhook;
  const { relations } = context.reading;
  const others = leftOut.filter(({ userId }) => userId !== callerId);
  const groups = await relations.explainGroups(peopleOf(others), signal);
  const unexplained = others.filter(({ groupId, userId }) => {
    const view = groups.get(groupId);
    return view?.kind === 'no_scope' || (view?.kind === 'read' && !hasRelation(view.group, userId));
  });
  const users = await relations.readUsers(
    unexplained.map(({ userId }) => userId),
    signal,
  );
  return recordFindings(context, chunk, leftOut, (pair) => {
    const group = groups.get(pair.groupId) ?? { kind: 'no_scope' };
    const views = { group, user: users.get(pair.userId) };
    return explainLeftOut(pair, callerId, views, context.maxAttempts);
  });
}
