import { z } from 'zod';
import { MAX_ID } from '../../domain/pairs/ids.ts';
import { FINDINGS, type FindingCode } from '../../messages/set-up/findings.ts';
import { CHECK_STATUSES, CHECKS, type Check } from '../../messages/set-up/set-up-checks.ts';
import { Params } from './message-schema.ts';
import { Time } from './time-schema.ts';

const checks = Object.keys(CHECKS) as Check[];
const codes = Object.keys(FINDINGS) as FindingCode[];

/** `POST /api/doctor` */
export const SetUpQuestion = z.strictObject({
  /** The number of a group: whether the webhook’s user may invite into it. */
  group: z.int().positive().max(MAX_ID).optional(),
});

/** What one check found. */
export const CheckResult = z.object({
  check: z.enum(checks),
  /** `skipped` where nothing could be checked. */
  status: z.enum(CHECK_STATUSES),
  /** Names what was found, for programs, with what it is about. */
  code: z.enum(codes),
  params: Params,
  /** The code and the params of a problem, as problem details have them; mostly null. */
  problem: z.object({ code: z.string(), params: Params }).nullable(),
  /** What was found, in words. */
  found: z.string(),
  /** What to do about it; null where there is nothing to do. */
  remedy: z.string().nullable(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** What a check of the set-up found; no secret is in it. */
export const DoctorReport = z.object({
  /** Of the program. */
  version: z.string(),
  node: z.string(),
  platform: z.string(),
  checkedAt: Time,
  /** Whether nothing failed. */
  sound: z.boolean(),
  results: z.array(CheckResult),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
