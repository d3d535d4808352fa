import type { UserId } from '../../domain/pairs/ids.ts';
import type { Verdict } from '../../domain/pairs/outcome.ts';
import { watchParting } from '../../domain/time/clock.ts';
import { readEarlierRelations } from '../../ledger/checks/earlier-relations.ts';
import { readSent, type SentPair } from '../../ledger/delivery/read-sent.ts';
import { readStartedAgo } from '../../ledger/imports/import-state.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import { isGivenUp } from '../failure-policy.ts';
import type { OwnedChunk, PipelineContext, StepResult } from '../pipeline-context.ts';
import { NO_GROUP_SCOPE } from './diagnose.ts';
import { type GroupView, peopleOf } from './group-relations.ts';
import { type Origin, readOrigins } from './origins.ts';
import { type PairFinding, recordFindings, type Unread, waitOr } from './record-findings.ts';

/** What was read about a pair. */
export interface InDoubtViews {
  group: GroupView;
  /** Of a pending person, who invited them; asked for of no other. */
  origin?: Origin | undefined;
}

/**
 * Decides on a pair whose request got no answer and has surely ended.
 *
 * @param maxAttempts after so many attempts nothing is sent or read again
 */
export function confirmPair(
  pair: Pick<SentPair, 'userId' | 'attempts' | 'details' | 'phase'>,
  { group, origin }: InDoubtViews,
  callerId: UserId,
  maxAttempts: number,
): PairFinding {
  // Of a portal that was silent the attempt does not count.
  const wasSilent = pair.phase === 'silent';
  const exhausted = pair.attempts - (wasSilent ? 1 : 0) >= maxAttempts;
  if (pair.userId === callerId) {
    // Nobody is ever invited twice this way, and the portal may yet say that there is no group.
    return exhausted ? settled({ outcome: 'skipped', reason: 'caller' }) : { kind: 'resend' };
  }
  switch (group.kind) {
    case 'read': {
      const { members, pending } = group.group;
      // Whoever has joined was a member before, or has answered since; the former is far likelier.
      if (members.has(pair.userId)) {
        return settled({ outcome: 'skipped', reason: 'already_member' });
      }
      if (pending.has(pair.userId)) return confirmPending(exhausted, origin);
      if (wasSilent || !isGivenUp(pair.attempts, maxAttempts)) return { kind: 'resend' };
      const details = pair.details.length > 0 ? pair.details : [rowDetail('no_answer', {})];
      return settled({ outcome: 'failed', reason: 'portal_error', details });
    }
    case 'not_found':
      // Nobody can be invited into a group that cannot be seen: the portal may say so itself.
      return exhausted ? unknown(rowDetail('group_unseen', {})) : { kind: 'resend' };
    case 'no_scope':
      return unknown(NO_GROUP_SCOPE);
    case 'failed':
      return waitOr(group.failure, exhausted, noAnswer);
    default:
      return group satisfies never;
  }
}

/** Where nothing says who invited a pending person, it was most likely the request. */
function confirmPending(exhausted: boolean, origin: Origin = { kind: 'untold' }): PairFinding {
  switch (origin.kind) {
    case 'request':
    case 'untold':
      return settled({ outcome: 'invited', reason: 'confirmed' });
    case 'other':
      return settled({ outcome: 'skipped', reason: 'already_invited' });
    case 'unclear':
      return unknown(rowDetail('no_answer', {}));
    case 'failed':
      return waitOr(origin.failure, exhausted, noAnswer);
    default:
      return origin satisfies never;
  }
}

const settled = (verdict: Verdict): PairFinding => ({ kind: 'settled', verdict });

const noAnswer = (...details: RowDetail[]): Verdict => ({
  outcome: 'unknown',
  reason: 'no_answer',
  details,
});

const unknown = (detail: RowDetail): PairFinding => settled(noAnswer(detail));

/**
 * Reads the groups of pairs whose request got no answer, each group once and after the request has
 * ended: nothing is sent again before that.
 *
 * @param inDoubt pairs whose request has surely ended, as they were read just now
 * @returns what could not be read: those pairs wait, an attempt the fewer where it was about them
 */
export async function confirm(
  context: PipelineContext,
  chunk: OwnedChunk,
  inDoubt: readonly SentPair[],
  signal: AbortSignal,
): Promise<StepResult<Unread>> {
  const haveParted = watchParting(context.clock);
  const { relations, invitations } = context.reading;
  const groups = await relations.readGroups(peopleOf(inDoubt), signal);
  const pending = inDoubt.filter(({ groupId, userId }) => {
    const view = groups.get(groupId);
    return view?.kind === 'read' && view.group.pending.has(userId);
  });
  const isEarlier = await readEarlierRelations(context.db, chunk.range.import_id, pending);
  const leftAt = await departures(context, chunk);
  const originOf = await readOrigins(invitations, pending, { leftAt, isEarlier, signal });
  // The machine slept meanwhile, or its clock was set: what was compared belongs to two times.
  if (haveParted()) return { kind: 'yielded' };
  return recordFindings(context, chunk, inDoubt, (pair) => {
    const group = groups.get(pair.groupId) ?? { kind: 'no_scope' };
    const views = { group, origin: originOf(pair) };
    return confirmPair(pair, views, context.client.webhook.callerId, context.maxAttempts);
  });
}

/** The ledger is read within so many milliseconds, or again: less than an invitation may look too old. */
const AT_ONCE_MS = 1_000;
const MOST_READINGS = 5;

/**
 * @returns for a pair when its request left, in milliseconds of the clock that never goes back; where the
 * ledger does not know that any more, since the pair was put back in line, when the import was started;
 * undefined when the clock was set back meanwhile, and what the ledger noted before looks too late
 */
async function departures({ db, reading, clock }: PipelineContext, { range }: OwnedChunk) {
  if (reading.wasSetBack()) return () => undefined;
  for (let readings = 0; readings < MOST_READINGS; readings++) {
    const now = clock.monotonic();
    const marks = new Map((await readSent(db, range)).map((mark) => [mark.seq, mark.sentAgoMs]));
    const startedAgoMs = await readStartedAgo(db, range.import_id);
    // A process that is suspended in between would take its request for a later one.
    if (clock.monotonic() - now > AT_ONCE_MS) continue;
    return ({ seq }: SentPair): number =>
      now - (marks.get(seq) ?? startedAgoMs ?? Number.POSITIVE_INFINITY);
  }
  return () => undefined;
}
