import { z } from 'zod';
import { REMEDY_CODES } from '../../domain/errors/remedy-code.ts';
import { IMPORT_STATES, PASSING_STATES } from '../../domain/imports/import.ts';
import { IMPORT_WAITS } from '../../domain/imports/import-wait.ts';
import { WAIT_REASONS } from '../../domain/imports/wait-reason.ts';
import { GROUP_STEPS } from '../../domain/imports/waiting-group.ts';
import { OUTCOMES } from '../../domain/pairs/outcome.ts';
import { Format } from './format-schema.ts';
import { ImportId } from './id-schemas.ts';
import { Params } from './message-schema.ts';
import { pageOf } from './page-schema.ts';
import { Time } from './time-schema.ts';

/**
 * `held` is shown instead of `running` while the portal is; `pausing` and `cancelling` instead of
 * `paused` and `cancelled` as long as invitations are in flight, which may still go out.
 */
export const ImportState = z.enum([...IMPORT_STATES, ...PASSING_STATES]);
export type ImportState = z.infer<typeof ImportState>;

export const Outcome = z.enum(OUTCOMES);

/** How many ended with one outcome and reason, in words. */
export const Tally = z.object({
  outcome: Outcome,
  /** Null for `pending`; duplicates are all `of_line_N`. */
  reason: z.string().nullable(),
  count: z.int(),
  /** What it means. */
  meaning: z.string(),
  /** What to do about it; null where there is nothing to do. */
  remedy: z.string().nullable(),
  /** Whether `retry` puts these back in line. */
  retryable: z.boolean(),
});
export type Tally = z.infer<typeof Tally>;

/** Why the portal gets no invitations for now. */
export const HoldView = z.object({
  /** The portal's code. @example INVALID_CREDENTIALS */
  code: z.string(),
  description: z.string(),
  remedy: z.string(),
  /** The same for programs. */
  remedyCode: z.enum(REMEDY_CODES),
  since: Time,
  /** When the portal is tried again on its own. */
  nextTryAt: Time,
  /** Whether it is being tried now; `nextTryAt` is for the case that nothing comes of that. */
  isTried: z.boolean(),
  /** Failed tries since. */
  tries: z.int(),
});
export type HoldView = z.infer<typeof HoldView>;

/** Groups about which the portal answers with an error: their pairs wait, and are tried again. */
export const WaitingGroups = z.object({
  count: z.int(),
  /** Pairs in them that have no outcome yet. */
  pairs: z.int(),
  /** Those that have waited longest. */
  first: z.array(
    z.object({
      id: z.int(),
      name: z.string().nullable(),
      /** `read`: what became of an invitation cannot be read · `invite`: it cannot be invited into. */
      step: z.enum(GROUP_STEPS),
      /** The portal's words. */
      code: z.string(),
      description: z.string(),
      since: Time,
      nextTryAt: Time,
      /** How often it failed in a row. */
      tries: z.int(),
    }),
  ),
});
export type WaitingGroups = z.infer<typeof WaitingGroups>;

/** What goes on before the start, while the state is `reading` or the portal is asked. */
export const Progress = z.object({
  /** `rows` are read · `pairs` are put in order · `people`, `groups` of the file are asked for. */
  what: z.enum(['rows', 'pairs', 'people', 'groups']),
  done: z.int(),
  /** Null where nobody knows how many there will be. */
  of: z.int().nullable(),
  /** Why it takes longer, in words. */
  waiting: z.string().nullable(),
  /** The same for programs: server seconds are used up, too many requests, or no answer. */
  waitingFor: z.enum(WAIT_REASONS).nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** One CSV with its settings, from upload to last outcome. */
export const Import = z.object({
  id: ImportId,
  fileName: z.string(),
  /** Host of the portal that it is for. */
  portal: z.string(),
  /** Invitation text for rows without one of their own. */
  message: z.string().nullable(),
  state: ImportState,
  /** Data rows of the file, and those of them in which nothing can be a pair. */
  rows: z.int(),
  rejectedRows: z.int(),
  /** What the rows come to: pairs, duplicates and rejects; the sum of all outcomes. */
  pairs: z.int(),
  /** Counts of all outcomes, zeros included. */
  outcomes: z.record(Outcome, z.int()),
  /** The same by reason, the largest first. */
  tallies: z.array(Tally),
  /**
   * Invitations that have left and whose outcome is not known yet: they may go out, or have gone out,
   * whatever is ordered now.
   */
  inFlight: z.int(),
  /** Pairs that got an outcome, per minute, over the last seconds. */
  perMinute: z.number(),
  /** Seconds to the end; null when nothing moves. Knows the portal's limits. */
  etaSeconds: z.number().nullable(),
  /** Until when it waits; null when it does not, or nobody knows. */
  waitingUntil: Time.nullable(),
  /**
   * What for: a place among the requests, server seconds of the method, the hold, Redis, groups that
   * the portal answers with an error about, or another import that has the same pairs in flight.
   */
  waitingFor: z.enum(IMPORT_WAITS).nullable(),
  hold: HoldView.nullable(),
  /** Groups that wait by themselves, while the others go on; null when there are none. */
  waitingGroups: WaitingGroups.nullable(),
  /** Null when it is not known how the file was read. */
  format: Format.nullable(),
  /** What is done before the start; null when nothing is. */
  progress: Progress.nullable(),
  /** Why the file could not be read after all, or the portal not be asked; null when all is well. */
  problem: z
    .object({
      title: z.string(),
      remedy: z.string(),
      /** As in problem details; null where there is only text. */
      code: z.string().nullable(),
      params: Params,
    })
    .nullable(),
  createdAt: Time,
  startedAt: Time.nullable(),
  finishedAt: Time.nullable(),
  /**
   * How long it ran, waits for the portal included, without pauses and what lay between an end and
   * a retry; null while it runs, and when that is not known of an old import.
   */
  workedSeconds: z.number().nullable(),
  /** Who handed the file in: `admin`, or `cli` from the command line. */
  who: z.string().nullable(),
});
export type Import = z.infer<typeof Import>;

/** `GET /api/imports`, newest first. */
export const ImportPage = pageOf(Import);
export type ImportPage = z.infer<typeof ImportPage>;
