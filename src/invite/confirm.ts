import type { UserId } from '../domain/ids.ts';
import type { Verdict } from '../domain/outcome.ts';
import { rowDetails } from '../domain/row-details.ts';
import { recordOutcomes, type Settlement } from '../ledger/outcomes.ts';
import { clearSent, keepUnchanged, type SentPair, unmarkSent } from '../ledger/sent-pairs.ts';
import { describeFailure, type PortalFailure } from '../portal/failure.ts';
import { asOwner } from './as-owner.ts';
import { NO_GROUP_SCOPE } from './diagnose.ts';
import { countsAsAttempt, isGivenUp } from './failure-policy.ts';
import { type GroupView, viewGroups } from './relations.ts';
import { noteWaiting, type WaitingPair } from './waiting.ts';
import type { OwnedChunk, Stop, Work } from './work.ts';

/** What reading the group says of a pair whose request got no answer. */
export type Confirmation =
  | { kind: 'settled'; verdict: Verdict }
  /** Surely not invited: back in line. */
  | { kind: 'resend' }
  /** Could not be read now. */
  | { kind: 'wait'; failure: PortalFailure };

/**
 * Decides on a pair whose request got no answer and has surely ended.
 *
 * @param maxAttempts after so many attempts nothing is sent or read again
 */
export function confirmPair(
  pair: Pick<SentPair, 'userId' | 'attempts' | 'detail' | 'phase'>,
  group: GroupView,
  callerId: UserId,
  maxAttempts: number,
): Confirmation {
  // Of a portal that was silent the attempt does not count.
  const wasSilent = pair.phase === 'silent';
  const exhausted = pair.attempts - (wasSilent ? 1 : 0) >= maxAttempts;
  if (pair.userId === callerId) {
    // Nobody is ever invited twice this way, and the portal may yet say that there is no group.
    return exhausted
      ? { kind: 'settled', verdict: { outcome: 'skipped', reason: 'caller' } }
      : { kind: 'resend' };
  }
  switch (group.kind) {
    case 'read': {
      const { members, pending } = group.group;
      if (members.has(pair.userId) || pending.has(pair.userId)) {
        return { kind: 'settled', verdict: { outcome: 'invited', reason: 'confirmed' } };
      }
      if (wasSilent || !isGivenUp(pair.attempts, maxAttempts)) {
        return { kind: 'resend' };
      }
      const detail = pair.detail ?? rowDetails.say('no_answer', {});
      return { kind: 'settled', verdict: { outcome: 'failed', reason: 'portal_error', detail } };
    }
    case 'not_found':
      // Nobody can be invited into a group that cannot be seen: the portal may say so itself.
      return exhausted ? unknown(rowDetails.say('group_unseen', {})) : { kind: 'resend' };
    case 'no_scope':
      return unknown(NO_GROUP_SCOPE);
    case 'failed':
      return exhausted && countsAsAttempt(group.failure)
        ? unknown(describeFailure(group.failure))
        : { kind: 'wait', failure: group.failure };
    default:
      return group satisfies never;
  }
}

const unknown = (detail: string): Confirmation => ({
  kind: 'settled',
  verdict: { outcome: 'unknown', reason: 'no_answer', detail },
});

/**
 * Reads the groups of pairs whose request got no answer, each group once: nothing is sent again
 * before that.
 *
 * @param inDoubt pairs whose request has surely ended
 * @returns a failure when something could not be read: those pairs wait, an attempt the fewer
 */
export async function confirm(
  work: Work,
  chunk: OwnedChunk,
  inDoubt: readonly SentPair[],
  signal: AbortSignal,
): Promise<PortalFailure | Stop | undefined> {
  const groupIds = inDoubt.map(({ groupId }) => groupId);
  const groups = await viewGroups(work.client, groupIds, signal);
  const { range } = chunk;
  let failure: PortalFailure | undefined;
  const stop = await asOwner(work.db, chunk, async (db): Promise<undefined> => {
    const settlements: Settlement[] = [];
    const resend: SentPair[] = [];
    const waiting: WaitingPair[] = [];
    // The answer may have come after all, to whoever owned the chunk before.
    for (const pair of await keepUnchanged(db, range, inDoubt)) {
      const group = groups.get(pair.groupId) ?? { kind: 'no_scope' };
      const found = confirmPair(pair, group, work.client.webhook.callerId, work.maxAttempts);
      if (found.kind === 'settled') settlements.push({ seq: pair.seq, verdict: found.verdict });
      if (found.kind === 'resend') resend.push(pair);
      if (found.kind !== 'wait') continue;
      failure = found.failure;
      waiting.push({ seq: pair.seq, failure: found.failure });
    }
    await recordOutcomes(db, range, settlements);
    for (const [requestId, pairs] of Map.groupBy(resend, (pair) => pair.requestId)) {
      const { silent = [], sent = [] } = Object.groupBy(pairs, ({ phase }) =>
        phase === 'silent' ? 'silent' : 'sent',
      );
      await unmarkSent(
        db,
        range.import_id,
        requestId,
        silent.map(({ seq }) => seq),
      );
      await clearSent(
        db,
        range.import_id,
        requestId,
        sent.map(({ seq }) => seq),
      );
    }
    await noteWaiting(db, range.import_id, waiting);
  });
  return stop ?? failure;
}
