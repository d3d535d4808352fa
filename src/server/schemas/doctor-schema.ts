import { z } from 'zod';
import { MAX_ID } from '../../domain/pairs/ids.ts';
import { CHECK_STATUSES, CHECKS, type Check } from '../../messages/en/set-up-checks-en.ts';
import { FINDINGS, type FindingCode } from '../../messages/findings.ts';
import { Params } from './message-schema.ts';
import { Time } from './time-schema.ts';

const checks = Object.keys(CHECKS) as Check[];
const codes = Object.keys(FINDINGS) as FindingCode[];

/** `POST /api/doctor` */
export const SetUpQuestion = z.strictObject({
  /** Id of a group: also checks whether the webhook’s user may invite into it. */
  group: z.int().positive().max(MAX_ID).optional(),
});

/** Result of one check. */
export const CheckResult = z.object({
  check: z.enum(checks),
  /** `skipped` when nothing could be checked. */
  status: z.enum(CHECK_STATUSES),
  /** What was found, as code; `params` contains its values. */
  code: z.enum(codes),
  params: Params,
  /** Code and params of a problem, as in problem details; usually null. */
  problem: z.object({ code: z.string(), params: Params }).nullable(),
  /** What was found, as text. */
  found: z.string(),
  /** What to do about it; null where there is nothing to do. */
  remedy: z.string().nullable(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** Result of a check of the set-up; it contains no secrets. */
export const DoctorReport = z.object({
  /** Version of the program. */
  version: z.string(),
  node: z.string(),
  platform: z.string(),
  checkedAt: Time,
  /** Whether nothing failed. */
  sound: z.boolean(),
  results: z.array(CheckResult),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
