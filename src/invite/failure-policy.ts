import type { PortalFailure } from '../portal/http/failure.ts';
import { isGroupNotFound, isGroupUnseen, mayBeStale } from '../portal/methods/invite.ts';

/** Where a failure occurs. */
export type Phase =
  /** An inviting request as a whole: no command has a result. */
  | 'request'
  /** A command of an inviting request that was answered. */
  | 'command'
  /** The same, in a batch that left out a user in an earlier command. */
  | 'later_command'
  /** A read of what became of pairs. */
  | 'reading';

/** The kinds of failure that differ in their consequences. */
export type Cause = PortalFailure['kind'] | 'group_not_found' | 'stale';

/**
 * What becomes of a pair that was sent.
 *
 * - `returned`: certainly not executed and not the pair's fault; pending again, the attempt does not count
 * - `failed`: not executed; pending again, the attempt counts
 * - `in_doubt`: possibly executed; its group is read once the request has certainly ended
 * - `uncounted`: the same, and not the pair's fault; the attempt does not count if it was not executed
 * - `settled`: the group does not exist
 * - `alone`: not executed, and another command may have caused the error; sent again in its own request
 */
type Sent = 'returned' | 'failed' | 'in_doubt' | 'uncounted' | 'settled' | 'alone';

/**
 * What becomes of a pair when the read about it fails: it waits; `attempted` also counts an attempt.
 */
type Read = 'waits' | 'attempted';

export interface Consequences<Pair> {
  pair: Pair;
  /**
   * - `continues`: continues with its next request, unless the portal is held
   * - `counts`: the same, until {@link FAILURES_IN_A_ROW} requests in a row end this way
   * - `backs_off`: continues after a pause
   */
  chunk: 'continues' | 'counts' | 'backs_off';
  /**
   * - `works`: it answered, and the reason for a hold is gone
   * - `answers`: it is reachable; the reason for a hold may persist
   * - `silent`: one more request in a row without an answer
   * - `hold`: it refuses everything, or cannot be reached
   */
  portal: 'works' | 'answers' | 'silent' | 'hold' | 'unknown';
  /**
   * - `release`: nothing was used
   * - `lose`: the use is unknown
   * - `close`: the method's server seconds are used up; this command used nothing. The client does so
   *   itself when the portal refuses the request as a whole
   */
  budget: 'release' | 'lose' | 'close';
}

type Rows<Pair> = Readonly<Record<Cause, Consequences<Pair>>>;

/**
 * The client settles the cost of reads with the budget. `continues`: only the group waits, with growing
 * pauses; the chunk's other pairs are read about and sent meanwhile.
 */
interface ReadConsequences extends Pick<Consequences<Read>, 'pair' | 'portal'> {
  chunk: Exclude<Consequences<Read>['chunk'], 'counts'>;
}

interface Policy {
  readonly request: Rows<Sent>;
  readonly command: Rows<Sent>;
  readonly later_command: Rows<Sent>;
  readonly reading: Readonly<Record<Cause, ReadConsequences>>;
}

const row = <Pair>(
  pair: Pair,
  chunk: Consequences<Pair>['chunk'],
  portal: Consequences<Pair>['portal'],
  budget: Consequences<Pair>['budget'] = 'release',
): Consequences<Pair> => ({ pair, chunk, portal, budget });

/** The portal has answered the request, whatever the result of this command. */
const COMMAND: Rows<Sent> = {
  not_sent: row('returned', 'continues', 'works'),
  withheld: row('returned', 'continues', 'works'),
  rate_limited: row('returned', 'backs_off', 'works'),
  operating_limited: row('returned', 'continues', 'works', 'close'),
  held: row('returned', 'continues', 'hold'),
  refused: row('failed', 'continues', 'works'),
  stale: row('failed', 'continues', 'works'),
  group_not_found: row('settled', 'continues', 'works'),
  unanswered: row('in_doubt', 'continues', 'works'),
  silent: row('in_doubt', 'continues', 'works'),
  abandoned: row('in_doubt', 'continues', 'works'),
};

/**
 * What a failure means for pairs, chunk, portal and budget. A failure of the portal as a whole costs no
 * attempt. A pair that was certainly not executed becomes pending again; the group of a pair that may
 * have been executed is read first.
 */
const POLICY: Policy = {
  request: {
    not_sent: row('returned', 'continues', 'hold'),
    withheld: row('returned', 'backs_off', 'unknown'),
    rate_limited: row('returned', 'backs_off', 'answers'),
    operating_limited: row('returned', 'continues', 'answers'),
    held: row('returned', 'continues', 'hold'),
    refused: row('failed', 'counts', 'answers'),
    stale: row('failed', 'counts', 'answers'),
    group_not_found: row('settled', 'continues', 'works'),
    // The portal does not answer this request, but answers simpler ones.
    unanswered: row('in_doubt', 'counts', 'answers', 'lose'),
    silent: row('uncounted', 'counts', 'silent', 'lose'),
    abandoned: row('in_doubt', 'continues', 'unknown', 'lose'),
  },
  command: COMMAND,
  later_command: { ...COMMAND, stale: row('alone', 'continues', 'works') },
  reading: {
    not_sent: { pair: 'waits', chunk: 'backs_off', portal: 'hold' },
    withheld: { pair: 'waits', chunk: 'backs_off', portal: 'unknown' },
    rate_limited: { pair: 'waits', chunk: 'backs_off', portal: 'answers' },
    operating_limited: { pair: 'waits', chunk: 'backs_off', portal: 'answers' },
    held: { pair: 'waits', chunk: 'backs_off', portal: 'hold' },
    refused: { pair: 'attempted', chunk: 'continues', portal: 'answers' },
    stale: { pair: 'attempted', chunk: 'continues', portal: 'answers' },
    group_not_found: { pair: 'attempted', chunk: 'continues', portal: 'answers' },
    // The portal does not answer this request, but answers simpler ones.
    unanswered: { pair: 'attempted', chunk: 'continues', portal: 'answers' },
    silent: { pair: 'waits', chunk: 'backs_off', portal: 'silent' },
    abandoned: { pair: 'waits', chunk: 'backs_off', portal: 'unknown' },
  },
};

export function consequencesOf<At extends Phase>(
  failure: PortalFailure,
  phase: At,
): Policy[At][Cause] {
  return POLICY[phase][causeOf(failure, phase)];
}

function causeOf(failure: PortalFailure, phase: Phase): Cause {
  if (failure.kind !== 'refused') return failure.kind;
  const isNotFound = phase === 'reading' ? isGroupUnseen : isGroupNotFound;
  if (isNotFound(failure)) return 'group_not_found';
  return mayBeStale(failure) ? 'stale' : 'refused';
}

/** Requests in a row that may fail before a chunk waits instead of trying its other pairs. */
export const FAILURES_IN_A_ROW = 2;
/** Number of requests in a row without an answer, over all chunks, after which the portal is held. */
export const SILENT_IN_A_ROW = 3;
/**
 * Number of requests in a row without an answer after which their pairs are the likely cause, provided
 * that the portal answers others meanwhile. A single one says nothing about its pairs: a gateway may have
 * failed for a moment.
 */
const UNANSWERED_IN_A_ROW = 3;

/** Whether a pair fails after that number of attempts, all without an answer. */
export const isGivenUp = (attempts: number, maxAttempts: number): boolean =>
  attempts >= Math.max(maxAttempts, UNANSWERED_IN_A_ROW);

/** Whether a failed read delays only its group. */
export const holdsUpGroup = (failure: PortalFailure): boolean =>
  consequencesOf(failure, 'reading').chunk === 'continues';

/** Whether a failed read counts as an attempt of its pairs; other failures say nothing about the pairs. */
export const countsAsAttempt = (failure: PortalFailure): boolean =>
  consequencesOf(failure, 'reading').pair === 'attempted';
