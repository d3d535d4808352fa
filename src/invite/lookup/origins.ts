import type { GroupId } from '../../domain/pairs/ids.ts';
import type { SentPair } from '../../ledger/delivery/read-sent.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import { peopleOf } from './group-relations.ts';
import type { InvitationReader, InvitationsView, WantedInvitation } from './invitations.ts';

/** Who invited a user that is pending after a request without an answer. */
export type Origin =
  /** The request: the caller made the invitation, and after the request was sent. */
  | { kind: 'request' }
  /** Another user, or the caller before the request; or the user asks to join. */
  | { kind: 'other' }
  /** The caller, at a time that cannot be compared with the request. */
  | { kind: 'unclear' }
  /** The portal does not show it. */
  | { kind: 'not_shown' }
  | { kind: 'failed'; failure: PortalFailure };

/**
 * How much older than its request an invitation can look, in milliseconds: the portal dates it in whole
 * seconds, by the clock of its database, and dates its answers by the clock of its web server.
 */
const TOLERANCE_MS = 5_000;

export interface OriginOptions {
  /**
   * The earliest time when a pair's request was sent, in milliseconds of the monotonic clock. Undefined when
   * the ledger's time is not usable.
   */
  leftAt: (pair: SentPair) => number | undefined;
  /** Whether the user was pending already at the check of the import; used when there is no date. */
  isEarlier: (pair: SentPair) => boolean;
  signal: AbortSignal;
}

/**
 * Finds out who invited users that are pending after requests without an answer.
 *
 * @returns a function that gives the origin of each of these pairs, and `undefined` for any other pair
 */
export async function readOrigins(
  invitations: InvitationReader,
  pending: readonly SentPair[],
  { leftAt, isEarlier, signal }: OriginOptions,
): Promise<(pair: SentPair) => Origin | undefined> {
  const since = (pair: SentPair) => (leftAt(pair) ?? Number.NEGATIVE_INFINITY) - TOLERANCE_MS;
  const views = await invitations.read(wantedOf(pending, since), signal);
  const origins = new Map(
    pending.map((pair): [number, Origin] => {
      const origin = toOrigin(views.get(pair.groupId), pair.userId, since(pair));
      const isKnown = origin.kind === 'request' || origin.kind === 'other';
      if (!isKnown && isEarlier(pair)) return [pair.seq, OTHER];
      const isClear = origin.kind !== 'request' || leftAt(pair) !== undefined;
      return [pair.seq, isClear ? origin : UNCLEAR];
    }),
  );
  return ({ seq }) => origins.get(seq);
}

const OTHER: Origin = { kind: 'other' };
const UNCLEAR: Origin = { kind: 'unclear' };

function wantedOf(
  pairs: readonly SentPair[],
  since: (pair: SentPair) => number,
): WantedInvitation[] {
  const first = new Map<GroupId, number>();
  for (const pair of pairs) {
    const known = first.get(pair.groupId) ?? Number.POSITIVE_INFINITY;
    first.set(pair.groupId, Math.min(known, since(pair)));
  }
  return [...peopleOf(pairs)].map(([groupId, userIds]) => ({
    ...{ groupId, userIds },
    since: first.get(groupId) ?? Number.NEGATIVE_INFINITY,
  }));
}

function toOrigin(
  view: InvitationsView = { kind: 'undated' },
  userId: number,
  since: number,
): Origin {
  if (view.kind === 'undated') return { kind: 'not_shown' };
  if (view.kind === 'failed') return view;
  const madeAt = view.madeAt.get(userId);
  return madeAt !== undefined && madeAt >= since ? { kind: 'request' } : OTHER;
}
