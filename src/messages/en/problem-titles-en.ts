/** The kinds of problems, with their titles. */
export const PROBLEM_TITLES_EN = {
  invalid_request: 'Invalid request',
  login_required: 'Login required',
  wrong_token: 'Wrong token',
  admins_only: 'For administrators only',
  foreign_origin: 'The request comes from another site',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  timeout: 'Request timeout',
  wrong_state: 'Not possible in this state',
  key_in_flight: 'A request with this idempotency key is in progress',
  too_large: 'Content too large',
  unsupported_media_type: 'Unsupported media type',
  unreadable_file: 'The file cannot be imported',
  key_reused: 'The idempotency key belongs to another request',
  too_many_attempts: 'Too many attempts',
  head_too_large: 'Request headers too large',
  internal: 'Unexpected error',
  unavailable: 'Temporarily unavailable',
} as const;

export type ProblemKind = keyof typeof PROBLEM_TITLES_EN;
