import type { UserId } from '../domain/ids.ts';
import type { Verdict } from '../domain/outcome.ts';
import { rowDetails } from '../domain/row-details.ts';
import { recordOutcomes, type Settlement } from '../ledger/outcomes.ts';
import { keepUnchanged, type SentPair } from '../ledger/sent-pairs.ts';
import { describeFailure, type PortalFailure } from '../portal/failure.ts';
import { asOwner } from './as-owner.ts';
import { countsAsAttempt } from './failure-policy.ts';
import { type GroupView, type UserView, viewGroups, viewUsers } from './relations.ts';
import { noteWaiting, type WaitingPair } from './waiting.ts';
import type { OwnedChunk, Stop, Work } from './work.ts';

export const NO_GROUP_SCOPE = rowDetails.say('no_group_scope', {});
const NO_USER_SCOPE = rowDetails.say('no_user_scope', {});

/**
 * Explains why the portal left a pair out, from what was read. Where the group or the person was not
 * read, the portal's reason is not known, and not guessed.
 *
 * @param user undefined when the person was not looked up, because the group explains it
 * @returns the failure when something has to be read again
 */
export function explainLeftOut(
  pair: Pick<SentPair, 'userId'>,
  callerId: UserId,
  group: GroupView,
  user: UserView | undefined,
): Verdict | PortalFailure {
  if (pair.userId === callerId) return { outcome: 'skipped', reason: 'caller' };
  if (group.kind === 'failed') return group.failure;
  if (group.kind === 'not_found') return { outcome: 'failed', reason: 'group_not_found' };
  if (group.kind === 'read') {
    const { members, pending } = group.group;
    if (members.has(pair.userId)) return { outcome: 'skipped', reason: 'already_member' };
    if (pending.has(pair.userId)) return { outcome: 'skipped', reason: 'already_invited' };
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
  if (missing.length > 0) {
    return { outcome: 'unknown', reason: 'not_explained', detail: missing.join('; ') };
  }
  return user === undefined
    ? { outcome: 'unknown', reason: 'not_explained' }
    : { outcome: 'failed', reason: 'declined' };
}

/**
 * Looks up the pairs that answers did not name, each group once, and records why.
 *
 * @returns a failure when something could not be read: those pairs wait, an attempt the fewer
 */
export async function diagnose(
  work: Work,
  chunk: OwnedChunk,
  leftOut: readonly SentPair[],
  signal: AbortSignal,
): Promise<PortalFailure | Stop | undefined> {
  const { callerId } = work.client.webhook;
  const others = leftOut.filter(({ userId }) => userId !== callerId);
  const groups = await viewGroups(
    work.client,
    others.map(({ groupId }) => groupId),
    signal,
  );
  const unexplained = others.filter((pair) => {
    const group = groups.get(pair.groupId);
    if (group?.kind === 'no_scope') return true;
    if (group?.kind !== 'read') return false;
    return !group.group.members.has(pair.userId) && !group.group.pending.has(pair.userId);
  });
  const users = await viewUsers(
    work.client,
    unexplained.map(({ userId }) => userId),
    signal,
  );
  const { range } = chunk;
  let failure: PortalFailure | undefined;
  const stop = await asOwner(work.db, chunk, async (db): Promise<undefined> => {
    const settlements: Settlement[] = [];
    const waiting: WaitingPair[] = [];
    for (const pair of await keepUnchanged(db, range, leftOut)) {
      const group = groups.get(pair.groupId) ?? { kind: 'no_scope' };
      const found = explainLeftOut(pair, callerId, group, users.get(pair.userId));
      if ('outcome' in found) {
        settlements.push({ seq: pair.seq, verdict: found });
        continue;
      }
      if (countsAsAttempt(found) && pair.attempts >= work.maxAttempts) {
        const detail = describeFailure(found);
        const verdict = { outcome: 'unknown', reason: 'not_explained', detail } as const;
        settlements.push({ seq: pair.seq, verdict });
        continue;
      }
      failure = found;
      waiting.push({ seq: pair.seq, failure: found });
    }
    await recordOutcomes(db, range, settlements);
    await noteWaiting(db, range.import_id, waiting);
  });
  return stop ?? failure;
}
