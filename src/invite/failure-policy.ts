import type { PortalFailure } from '../portal/http/failure.ts';
import { isGroupNotFound, isGroupUnseen, mayBeStale } from '../portal/methods/invite.ts';

/** Where a failure shows. */
export type Phase =
  /** An inviting request came back with nothing for any of its commands. */
  | 'request'
  /** A command of an inviting request that was answered. */
  | 'command'
  /** The same, in a batch that declined somebody in a command before. */
  | 'later_command'
  /** The reading of what became of pairs. */
  | 'reading';

/** What a failure is, as far as its consequences differ. */
export type Cause = PortalFailure['kind'] | 'group_not_found' | 'stale';

/**
 * What becomes of a pair that was sent.
 *
 * - `returned`: surely not executed and not the pair's fault; back in line, the attempt given back
 * - `failed`: not executed; back in line, the attempt counts
 * - `in_doubt`: perhaps executed; read when the request has surely ended
 * - `uncounted`: the same, and not the pair's fault; the attempt is given back if it was not executed
 * - `settled`: there is no such group
 * - `alone`: not executed, and the error may be that of another command; sent again by itself
 */
type Sent = 'returned' | 'failed' | 'in_doubt' | 'uncounted' | 'settled' | 'alone';

/**
 * What becomes of a pair that was to be read about: it waits, and `attempted` counts an attempt.
 */
type Read = 'waits' | 'attempted';

export interface Consequences<Pair> {
  pair: Pair;
  /**
   * - `goes_on`: with its next request, unless the portal is held
   * - `counts`: the same, unless {@link FAILURES_IN_A_ROW} end so
   * - `backs_off`: after a pause
   */
  chunk: 'goes_on' | 'counts' | 'backs_off';
  /**
   * - `works`: it answered, and whatever held it is over
   * - `answers`: it is there, which says nothing of what holds it
   * - `silent`: one more request in a row without an answer
   * - `hold`: it refuses everything, or cannot be reached
   */
  portal: 'works' | 'answers' | 'silent' | 'hold' | 'unknown';
  /**
   * - `release`: nothing was used
   * - `lose`: nobody knows what was used
   * - `close`: the method's server seconds are used up; nothing was used
   */
  budget: 'release' | 'lose' | 'close';
}

type Rows<Pair> = Readonly<Record<Cause, Consequences<Pair>>>;

/**
 * What reading cost is the client's to settle. `goes_on`: the group alone waits, with growing pauses;
 * the chunk's other pairs are read about and sent meanwhile.
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

/** The portal has answered, whatever it says of this command. */
const COMMAND: Rows<Sent> = {
  not_sent: row('returned', 'goes_on', 'works'),
  withheld: row('returned', 'goes_on', 'works'),
  rate_limited: row('returned', 'backs_off', 'works'),
  operating_limited: row('returned', 'goes_on', 'works', 'close'),
  held: row('returned', 'goes_on', 'hold'),
  refused: row('failed', 'goes_on', 'works'),
  stale: row('failed', 'goes_on', 'works'),
  group_not_found: row('settled', 'goes_on', 'works'),
  unanswered: row('in_doubt', 'goes_on', 'works'),
  silent: row('in_doubt', 'goes_on', 'works'),
  abandoned: row('in_doubt', 'goes_on', 'works'),
};

/**
 * What a failure means for pairs, chunk, portal and budget. What concerns the portal as a whole costs no
 * attempt; what was surely not executed goes back in line; what may have been executed is read first.
 */
const POLICY: Policy = {
  request: {
    not_sent: row('returned', 'goes_on', 'hold'),
    withheld: row('returned', 'backs_off', 'unknown'),
    rate_limited: row('returned', 'backs_off', 'answers'),
    operating_limited: row('returned', 'goes_on', 'answers', 'close'),
    held: row('returned', 'goes_on', 'hold'),
    refused: row('failed', 'counts', 'answers'),
    stale: row('failed', 'counts', 'answers'),
    group_not_found: row('settled', 'goes_on', 'works'),
    // Of this; what is simpler it answers.
    unanswered: row('in_doubt', 'counts', 'answers', 'lose'),
    silent: row('uncounted', 'counts', 'silent', 'lose'),
    abandoned: row('in_doubt', 'goes_on', 'unknown', 'lose'),
  },
  command: COMMAND,
  later_command: { ...COMMAND, stale: row('alone', 'goes_on', 'works') },
  reading: {
    not_sent: { pair: 'waits', chunk: 'backs_off', portal: 'hold' },
    withheld: { pair: 'waits', chunk: 'backs_off', portal: 'unknown' },
    rate_limited: { pair: 'waits', chunk: 'backs_off', portal: 'answers' },
    operating_limited: { pair: 'waits', chunk: 'backs_off', portal: 'answers' },
    held: { pair: 'waits', chunk: 'backs_off', portal: 'hold' },
    refused: { pair: 'attempted', chunk: 'goes_on', portal: 'answers' },
    stale: { pair: 'attempted', chunk: 'goes_on', portal: 'answers' },
    group_not_found: { pair: 'attempted', chunk: 'goes_on', portal: 'answers' },
    // Of this; what is simpler it answers.
    unanswered: { pair: 'attempted', chunk: 'goes_on', portal: 'answers' },
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
/** After so many requests in a row without an answer, over all chunks, the portal is held. */
export const SILENT_IN_A_ROW = 3;
/**
 * A request without an answer says nothing of its pairs, it may be a gateway's moment; so many in a row
 * do, where the portal answers others meanwhile.
 */
const UNANSWERED_IN_A_ROW = 3;

/** Whether a pair that was sent so often, always without an answer, is given up. */
export const isGivenUp = (attempts: number, maxAttempts: number): boolean =>
  attempts >= Math.max(maxAttempts, UNANSWERED_IN_A_ROW);

/** Whether a reading that failed holds up its group alone. */
export const holdsUpGroup = (failure: PortalFailure): boolean =>
  consequencesOf(failure, 'reading').chunk === 'goes_on';

/** Whether a reading that failed was an attempt about its pairs; the others say nothing of them. */
export const countsAsAttempt = (failure: PortalFailure): boolean =>
  consequencesOf(failure, 'reading').pair === 'attempted';
