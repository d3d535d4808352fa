/** The system errors of the sandbox, with status and text ("Error Codes"). */
const SYSTEM_ERRORS = {
  QUERY_LIMIT_EXCEEDED: [503, 'Too many requests'],
  OVERLOAD_LIMIT: [503, 'REST API is blocked due to overload'],
  OPERATION_TIME_LIMIT: [429, 'Method is blocked due to operation time limit.'],
  INTERNAL_SERVER_ERROR: [500, 'Internal server error'],
  ERROR_UNEXPECTED_ANSWER: [500, 'Server returned an unexpected response'],
  ERROR_CORE: [400, 'Something went wrong'],
  NO_AUTH_FOUND: [401, 'Wrong authorization data'],
  INVALID_CREDENTIALS: [401, 'Invalid request credentials'],
  insufficient_scope: [
    401,
    'The request requires higher privileges than provided by the webhook token',
  ],
  authorization_error: [401, 'Unable to authorize user'],
  user_access_error: [401, 'The user does not have access to the application.'],
  expired_token: [401, 'The access token provided has expired.'],
  ACCESS_DENIED: [403, 'REST API is available only on commercial plans.'],
  INVALID_REQUEST: [400, 'Https required.'],
  PORTAL_DELETED: [403, 'Portal was deleted'],
  ERROR_METHOD_NOT_FOUND: [404, 'Method not found!'],
  ERROR_BATCH_LENGTH_EXCEEDED: [400, 'Max batch length exceeded'],
  ERROR_BATCH_METHOD_NOT_ALLOWED: [405, 'Method is not allowed for batch usage'],
} as const satisfies Record<string, readonly [number, string]>;

/** The code of a system error. */
export type SystemErrorCode = keyof typeof SYSTEM_ERRORS;

/** The codes of system errors. */
export const SYSTEM_ERROR_CODES: readonly SystemErrorCode[] =
  Object.keys(SYSTEM_ERRORS).filter(isSystemErrorCode);

function isSystemErrorCode(code: string): code is SystemErrorCode {
  return Object.hasOwn(SYSTEM_ERRORS, code);
}

/** Errors of authorization, whose status differs between documentation and portals. */
export const AUTH_ERROR_CODES: readonly string[] = [
  'NO_AUTH_FOUND',
  'INVALID_CREDENTIALS',
  'authorization_error',
  'user_access_error',
  'insufficient_scope',
  'expired_token',
] satisfies SystemErrorCode[];

/** An error that the REST API answers as `{error, error_description}`. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly status: number;
  /** May be the empty string: most errors of sonet_group methods have no code. */
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

/** @returns the system error of this code. */
export function systemError(code: SystemErrorCode): RestError {
  const [status, description] = SYSTEM_ERRORS[code];
  return new RestError(status, code, description);
}
