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
  /** Who invited a pending user; read for pending users only. */
  origin?: Origin | undefined;
}

/**
 * Decides on a pair whose request got no answer and has certainly ended.
 *
 * @param maxAttempts number of attempts after which the pair is neither sent nor read again
 */
export function confirmPair(
  pair: Pick<SentPair, 'userId' | 'attempts' | 'details' | 'phase'>,
  { group, origin }: InDoubtViews,
  callerId: UserId,
  maxAttempts: number,
): PairFinding {
  // An attempt does not count when the portal was silent.
  const wasSilent = pair.phase === 'silent';
  const exhausted = pair.attempts - (wasSilent ? 1 : 0) >= maxAttempts;
  if (pair.userId === callerId) {
    // The portal never invites its caller, so a resend does no harm and may show that the group is missing.
    return exhausted ? settled({ outcome: 'skipped', reason: 'caller' }) : { kind: 'resend' };
  }
  switch (group.kind) {
    case 'read': {
      const { members, pending } = group.group;
      // A member joined before the request, or accepted its invitation since; the former is far likelier.
      if (members.has(pair.userId)) {
        return settled({ outcome: 'skipped', reason: 'already_member' });
      }
      if (pending.has(pair.userId)) return confirmPending(exhausted, origin);
      if (wasSilent || !isGivenUp(pair.attempts, maxAttempts)) return { kind: 'resend' };
      const details = pair.details.length > 0 ? pair.details : [rowDetail('no_answer', {})];
      return settled({ outcome: 'failed', reason: 'portal_error', details });
    }
    case 'not_found':
      // The portal invites no one into a group that the caller cannot see; a resend lets it say so itself.
      return exhausted ? unknown(rowDetail('group_unseen', {})) : { kind: 'resend' };
    case 'no_scope':
      return unknown(NO_GROUP_SCOPE);
    case 'failed':
      return waitOr(group.failure, exhausted, noAnswer);
    default:
      return group satisfies never;
  }
}

/** Without information about who invited a pending user, it was most likely the request. */
function confirmPending(exhausted: boolean, origin: Origin = { kind: 'not_shown' }): PairFinding {
  switch (origin.kind) {
    case 'request':
    case 'not_shown':
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
 * Reads the groups of pairs whose request got no answer, each group once and after the request has ended.
 * Nothing is sent again before that.
 *
 * @param inDoubt pairs whose request has certainly ended, as just read
 * @returns what could not be read: those pairs wait; a failure about them counts as an attempt
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
  // The machine slept meanwhile, or its clock was set: the compared times do not match.
  if (haveParted()) return { kind: 'yielded' };
  return recordFindings(context, chunk, inDoubt, () => (pair) => {
    const group = groups.get(pair.groupId) ?? { kind: 'no_scope' };
    const views = { group, origin: originOf(pair) };
    return confirmPair(pair, views, context.client.webhook.callerId, context.maxAttempts);
  });
}

/**
 * Longest duration of the ledger reads, in milliseconds; slower ones are repeated. It is less than an
 * invitation may look too old.
 */
const AT_ONCE_MS = 1_000;
const MOST_READINGS = 5;

/**
 * @returns a function from a pair to the time when its request was sent, in milliseconds of the monotonic
 * clock. When the ledger has no such time any more, because the pair became pending again, the start of the
 * import; undefined when the clock was set back meanwhile, so that times in the ledger look too late
 */
async function departures({ db, reading, clock }: PipelineContext, { range }: OwnedChunk) {
  if (reading.wasSetBack()) return () => undefined;
  for (let readings = 0; readings < MOST_READINGS; readings++) {
    const now = clock.monotonic();
    const marks = new Map((await readSent(db, range)).map((mark) => [mark.seq, mark.sentAgoMs]));
    const startedAgoMs = await readStartedAgo(db, range.import_id);
    // If the process is suspended in between, its requests look younger than they are.
    if (clock.monotonic() - now > AT_ONCE_MS) continue;
    return ({ seq }: SentPair): number =>
      now - (marks.get(seq) ?? startedAgoMs ?? Number.POSITIVE_INFINITY);
  }
  return () => undefined;
}
