import { z } from 'zod';
import { REMEDY_CODES } from '../../domain/errors/remedy-code.ts';
import { IMPORT_STATES, PASSING_STATES } from '../../domain/imports/import.ts';
import { IMPORT_WAITS } from '../../domain/imports/import-wait.ts';
import { WAIT_REASONS } from '../../domain/imports/wait-reason.ts';
import { GROUP_STEPS } from '../../domain/imports/waiting-group.ts';
import { OUTCOMES } from '../../domain/pairs/outcome.ts';
import { Format } from './format-schema.ts';
import { ImportId } from './id-schemas.ts';
import { StoredProblem } from './message-schema.ts';
import { PageQuery, pageOf } from './page-schema.ts';
import { Time } from './time-schema.ts';

/**
 * `held` replaces `running` while the portal is held. `pausing` and `cancelling` replace `paused`
 * and `cancelled` while invitations are in flight, which can still be sent out.
 */
export const ImportState = z.enum([...IMPORT_STATES, ...PASSING_STATES]);
export type ImportState = z.infer<typeof ImportState>;

export const Outcome = z.enum(OUTCOMES);

/** Number of pairs or rows with one outcome and reason, with an explanation. */
export const Tally = z.object({
  outcome: Outcome,
  /** Null for `pending`; `of_line_N` for all duplicates. */
  reason: z.string().nullable(),
  count: z.int(),
  /** Meaning of the outcome and reason. */
  meaning: z.string(),
  /** What to do about it; null where there is nothing to do. */
  remedy: z.string().nullable(),
  /** Whether `retry` without a reason sets these to pending. */
  retryable: z.boolean(),
});
export type Tally = z.infer<typeof Tally>;

/** Why no invitations are sent to the portal at present. */
export const HoldView = z.object({
  /** The portal's code. @example INVALID_CREDENTIALS */
  code: z.string(),
  description: z.string(),
  remedy: z.string(),
  /** The remedy as code. */
  remedyCode: z.enum(REMEDY_CODES),
  since: Time,
  /** Time of the next automatic try. */
  nextTryAt: Time,
  /** Whether the portal is being tried now; `nextTryAt` applies if that fails. */
  isTried: z.boolean(),
  /** Number of failed tries since then. */
  tries: z.int(),
});
export type HoldView = z.infer<typeof HoldView>;

/** Groups for which the portal returns an error: their pairs wait and are tried again. */
export const WaitingGroups = z.object({
  count: z.int(),
  /** Pairs in them that have no outcome yet. */
  pairs: z.int(),
  /** The groups that have waited longest. */
  first: z.array(
    z.object({
      id: z.int(),
      name: z.string().nullable(),
      /** `read`: the result cannot be read; `invite`: inviting into the group fails. */
      step: z.enum(GROUP_STEPS),
      /** The portal's error. */
      code: z.string(),
      description: z.string(),
      since: Time,
      nextTryAt: Time,
      /** Number of consecutive failures. */
      tries: z.int(),
    }),
  ),
});
export type WaitingGroups = z.infer<typeof WaitingGroups>;

/** Progress before the start, while the state is `reading` or the portal is queried. */
export const Progress = z.object({
  /** `rows` are read, `pairs` sorted; `people`, `groups` are read from the portal. */
  what: z.enum(['rows', 'pairs', 'people', 'groups']),
  done: z.int(),
  /** Total number; null when it is not known. */
  of: z.int().nullable(),
  /** Reason for a delay, as text. */
  waiting: z.string().nullable(),
  /** Reason for a delay, as code: server seconds are used up, too many requests, or no answer. */
  waitingFor: z.enum(WAIT_REASONS).nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** One CSV file with its settings, from upload to last outcome. */
export const Import = z.object({
  id: ImportId,
  fileName: z.string(),
  /** Host of the portal of the import. */
  portal: z.string(),
  /** Invitation text for rows without their own text. */
  message: z.string().nullable(),
  state: ImportState,
  /** Data rows of the file (`rows`), and those of them without any pair (`rejectedRows`). */
  rows: z.int(),
  rejectedRows: z.int(),
  /** Number of pairs, duplicates and rejects in the rows; the sum of all outcomes. */
  pairs: z.int(),
  /** Counts of all outcomes, zeros included. */
  outcomes: z.record(Outcome, z.int()),
  /** Counts by outcome and reason, the largest first. */
  tallies: z.array(Tally),
  /** Invitations that were sent and have no known outcome yet; a pause does not stop them. */
  inFlight: z.int(),
  /** Those of `inFlight` that the portal's answer did not name: not invited, for a reason that is not known yet. */
  leftOut: z.int(),
  /** Pairs that got an outcome, per minute, over the last seconds; 0 while nothing is sent. */
  perMinute: z.number(),
  /**
   * Estimated seconds to the end, waits for the portal's limits included; null while the cost of an
   * invitation is unknown, and while the import is held, paused, or waits for something else.
   */
  etaSeconds: z.number().nullable(),
  /** End of the current wait; null when the import does not wait, or the end is not known. */
  waitingUntil: Time.nullable(),
  /**
   * Reason for the wait: the limit of requests, server seconds of the method, the hold, Redis,
   * groups for which the portal returns an error, or another import that has the same pairs in
   * flight.
   */
  waitingFor: z.enum(IMPORT_WAITS).nullable(),
  hold: HoldView.nullable(),
  /** Groups that wait while the others continue; null when there are none. */
  waitingGroups: WaitingGroups.nullable(),
  /** Null when it is not known how the file was read. */
  format: Format.nullable(),
  /** Current work before the start; null when there is none. */
  progress: Progress.nullable(),
  /** Why the file could not be read or the portal not be queried; null when there is no problem. */
  problem: StoredProblem.nullable(),
  createdAt: Time,
  startedAt: Time.nullable(),
  finishedAt: Time.nullable(),
  /**
   * Running time in seconds, including waits for the portal, without pauses and the time between an
   * end and a retry; null while the import runs, and when the time of an old import is not known.
   */
  workedSeconds: z.number().nullable(),
  /** The last retry and its result so far; null when there was none. */
  lastRetry: z
    .object({
      at: Time,
      /** Only pairs with this reason were retried; null for all that a retry can help. */
      reason: z.string().nullable(),
      /** Number of pairs that were retried, and of those that have been invited since then. */
      pairs: z.int(),
      invited: z.int(),
    })
    .nullable(),
  /**
   * The pairs that are sent before the import pauses by itself, and those of them that are invited or have no
   * outcome yet; null without a trial, and since the others are sent.
   */
  trial: z.object({ pairs: z.int(), invited: z.int(), pending: z.int() }).nullable(),
  /** Who uploaded the file: `admin`, or `cli` from the command line. */
  who: z.string().nullable(),
  /** Who started it, likewise; null before the start. */
  startedBy: z.string().nullable(),
  /** When it was moved to the archive; null when it is not there. */
  archivedAt: Time.nullable(),
});
export type Import = z.infer<typeof Import>;

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** `GET /api/imports` */
export const ImportsQuery = PageQuery.extend({
  /** Words of the file name, or the number of an import. */
  q: z.string().trim().min(1).max(200).optional(),
  /** `true`: only running and paused imports; `false`: only the others. */
  active: Flag.optional(),
  /** `true`: only the archive. @default the others */
  archived: Flag.optional(),
});

/** `GET /api/imports`, newest first. */
export const ImportPage = pageOf(Import);
export type ImportPage = z.infer<typeof ImportPage>;
