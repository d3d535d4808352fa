import { z } from 'zod';
import { FieldFault, Params } from './said.ts';

/** A field of the request that is not right. */
export const FieldIssue = FieldFault.extend({
  /** Where it stands, as JSON pointer. @example /message */
  pointer: z.string(),
  detail: z.string(),
});
export type FieldIssue = z.infer<typeof FieldIssue>;

/** Every error, as RFC 9457 has it (`application/problem+json`). */
export const ProblemDetails = z.object({
  /** Names the kind of problem, for programs: `/problems/` and a name from {@link PROBLEM_KINDS}. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What is wrong with this request, in words. */
  detail: z.string().optional(),
  /** What to do about it, one sentence. */
  remedy: z.string().optional(),
  instance: z.string().optional(),
  /** Names what is wrong, finer than the type, for programs; the type's last word at the least. */
  code: z.string().optional(),
  /** What the code is about: file, line, column, in the words of the detail. */
  params: Params.optional(),
  /** With `invalid_request`: each field that is not right. */
  errors: z.array(FieldIssue).optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;

/** The kinds of problems with their status and title. */
export const PROBLEM_KINDS = {
  invalid_request: { status: 400, title: 'The request is not right' },
  login_required: { status: 401, title: 'Login required' },
  wrong_token: { status: 401, title: 'Wrong token' },
  admins_only: { status: 403, title: 'For administrators only' },
  foreign_origin: { status: 403, title: 'The request comes from another site' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  timeout: { status: 408, title: 'The request did not come to its end' },
  wrong_state: { status: 409, title: 'Not possible in this state' },
  key_in_flight: { status: 409, title: 'A request with this idempotency key is under way' },
  too_large: { status: 413, title: 'Too much was sent' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  unreadable_file: { status: 422, title: 'The file cannot be imported' },
  key_reused: { status: 422, title: 'The idempotency key belongs to another request' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  head_too_large: { status: 431, title: 'The head of the request is too large' },
  internal: { status: 500, title: 'Something unexpected happened' },
  unavailable: { status: 503, title: 'Not available now' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemKind = keyof typeof PROBLEM_KINDS;
