import { z } from 'zod';
import type { ProblemKind } from '../../messages/en/problem-titles-en.ts';
import { RefusedTable } from './format-schema.ts';
import { FieldFault, Params } from './message-schema.ts';

/** An invalid field of the request. */
export const FieldIssue = FieldFault.extend({
  /** JSON pointer to the field. @example /message */
  pointer: z.string(),
  detail: z.string(),
});
export type FieldIssue = z.infer<typeof FieldIssue>;

/** Every error, in the format of RFC 9457 (`application/problem+json`). */
export const ProblemDetails = z.object({
  /** The kind of problem: `/problems/` and a name from {@link PROBLEM_KINDS}. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What is wrong with this request, as text. */
  detail: z.string().optional(),
  /** What to do about it, in one sentence. */
  remedy: z.string().optional(),
  instance: z.string().optional(),
  /** What is wrong, as code: more specific than `type`, or at least its last part. */
  code: z.string().optional(),
  /** Values that belong to the code, as in `detail`: file, line, column. */
  params: Params.optional(),
  /** With `invalid_request`: each invalid field. */
  errors: z.array(FieldIssue).optional(),
  /** With `unreadable_file`, when a choice of columns or format can help: what the file looks like. */
  table: RefusedTable.optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;

/** The kinds of problems, with their HTTP status. */
export const PROBLEM_KINDS = {
  invalid_request: 400,
  login_required: 401,
  wrong_token: 401,
  admins_only: 403,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  timeout: 408,
  wrong_state: 409,
  key_in_flight: 409,
  too_large: 413,
  unsupported_media_type: 415,
  unreadable_file: 422,
  key_reused: 422,
  too_many_attempts: 429,
  head_too_large: 431,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ProblemKind, number>;
