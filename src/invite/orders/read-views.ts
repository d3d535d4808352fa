import type { GroupId } from '../../domain/pairs/ids.ts';
import { watchParting } from '../../domain/time/clock.ts';
import type { InvitedPair } from '../../ledger/orders/order-pairs.ts';
import { peopleOf } from '../lookup/group-relations.ts';
import type { InvitationsView, WantedInvitation } from '../lookup/invitations.ts';
import type { OrderedOperation, OrderView, Origin } from '../operations/ordered-operation.ts';
import type { PipelineContext } from '../pipeline-context.ts';

/**
 * How far the portal's date of an invitation can be from the ledger's, in milliseconds: the portal dates it in whole
 * seconds, by the clock of its database, and dates its answers by the clock of its web server.
 */
const TOLERANCE_MS = 5_000;
/**
 * How long before its answer was recorded an invitation can have been made, in milliseconds: a request runs for a
 * minute, and the ledger can be unreachable for two.
 */
const RECORDED_LATE_MS = 600_000;

/** When the invitation of a pair was made, in milliseconds of the monotonic clock. */
interface Interval {
  from: number;
  to: number;
}

/** What a reading needs; the check of a preview has no chunk. */
type Reading = Pick<PipelineContext, 'reading' | 'clock'>;

/**
 * Reads the groups of pairs, each once, and who has made the invitations that are pending.
 *
 * @returns a function from a pair to what was read about it; undefined when the machine slept meanwhile, so that times
 * cannot be compared
 */
export async function readViews(
  { reading, clock }: Reading,
  { needsOrigin }: Pick<OrderedOperation, 'needsOrigin'>,
  pairs: readonly InvitedPair[],
  signal: AbortSignal,
): Promise<((pair: InvitedPair) => OrderView) | undefined> {
  const haveParted = watchParting(clock);
  const now = clock.monotonic();
  const groups = await reading.relations.readGroups(peopleOf(pairs), signal);
  const pending = pairs.filter(({ groupId, userId }) => {
    const view = groups.get(groupId);
    return view?.kind === 'read' && view.group.pending.has(userId);
  });
  const intervals = new Map(pending.map((pair) => [pair.seq, intervalOf(pair, now)]));
  const wanted = needsOrigin ? wantedOf(pending, intervals) : [];
  const invitations = await reading.invitations.read(wanted, signal);
  if (haveParted()) return undefined;
  return (pair) => ({
    group: groups.get(pair.groupId) ?? { kind: 'no_scope' },
    origin: originOf(pair, invitations.get(pair.groupId), intervals.get(pair.seq)),
  });
}

/** @returns undefined when the ledger's times are not usable */
function intervalOf(
  { isReturned, invitedAgoMs, startedAgoMs }: InvitedPair,
  now: number,
): Interval | undefined {
  if (invitedAgoMs === undefined) return undefined;
  const to = now - invitedAgoMs + TOLERANCE_MS;
  // An unanswered request can be confirmed long after it was sent, but not before its import started.
  const earliest = isReturned ? invitedAgoMs + RECORDED_LATE_MS : startedAgoMs;
  return earliest === undefined ? undefined : { from: now - earliest - TOLERANCE_MS, to };
}

function wantedOf(
  pending: readonly InvitedPair[],
  intervals: ReadonlyMap<number, Interval | undefined>,
): WantedInvitation[] {
  const first = new Map<GroupId, number>();
  for (const { seq, groupId } of pending) {
    const from = intervals.get(seq)?.from ?? Number.POSITIVE_INFINITY;
    first.set(groupId, Math.min(first.get(groupId) ?? Number.POSITIVE_INFINITY, from));
  }
  return [...peopleOf(pending)].map(([groupId, userIds]) => ({
    ...{ groupId, userIds },
    since: first.get(groupId) ?? Number.NEGATIVE_INFINITY,
  }));
}

function originOf(
  { userId }: InvitedPair,
  view: InvitationsView | undefined,
  interval: Interval | undefined,
): Origin | undefined {
  if (view === undefined) return undefined;
  if (view.kind === 'undated') return { kind: 'not_shown' };
  if (view.kind === 'failed') return view;
  const madeAt = view.madeAt.get(userId);
  const isOurs =
    madeAt !== undefined &&
    interval !== undefined &&
    madeAt >= interval.from &&
    madeAt <= interval.to;
  return { kind: isOurs ? 'ours' : 'other' };
}
