import type { Webhook } from './webhook.ts';

/**
 * What a request can come back with instead of a result. The kinds say what may be done next,
 * not how it was told: the portal's HTTP statuses are unreliable ("Error Codes").
 */
export type PortalFailure =
  /** It never reached the portal: repeating it is harmless. */
  | { kind: 'not_sent'; code: string; description: string }
  /** The bucket was full, nothing was executed. */
  | { kind: 'rate_limited'; code: string; description: string }
  /** The method's server seconds are used up, nothing was executed. */
  | { kind: 'operating_limited'; code: string; description: string }
  /** The portal refuses everything until a person mends something; nothing was executed. */
  | { kind: 'held'; code: string; description: string }
  /** The method refused this call, nothing was executed. The code may be the empty string. */
  | { kind: 'refused'; code: string; description: string }
  /** Nobody knows whether it was executed, in part or whole. */
  | { kind: 'unanswered'; code: string; description: string };

/** An answer in which what should stand there does not. */
export const UNREADABLE: PortalFailure = {
  kind: 'unanswered',
  code: 'UNREADABLE',
  description: 'the answer is not what the documentation describes',
};

const RATE_LIMITED = new Set(['QUERY_LIMIT_EXCEEDED']);
const OPERATING_LIMITED = new Set(['OPERATION_TIME_LIMIT']);

const HELD = new Set([
  'NO_AUTH_FOUND',
  'INVALID_CREDENTIALS',
  'ACCESS_DENIED',
  'INSUFFICIENT_SCOPE',
  'USER_ACCESS_ERROR',
  'EXPIRED_TOKEN',
  'INVALID_TOKEN',
  'WRONG_AUTH_TYPE',
  'AUTHORIZATION_ERROR',
  'PAYMENT_REQUIRED',
  'OVERLOAD_LIMIT',
  'PORTAL_DELETED',
  'INVALID_REQUEST',
  'ERROR_METHOD_NOT_FOUND',
  'ERROR_BATCH_METHOD_NOT_ALLOWED',
]);

const ABOUT_METHOD = new Set(['INSUFFICIENT_SCOPE', 'ERROR_METHOD_NOT_FOUND', 'ACCESS_DENIED']);

/**
 * Whether a single call failed because the webhook may not call its method or the portal does not
 * have it, which stays so while other methods may do.
 */
export const isAboutMethod = ({ code }: { code: string }): boolean =>
  ABOUT_METHOD.has(code.toUpperCase());

/** The server broke off while it was at work. */
const BROKEN_OFF = new Set(['INTERNAL_SERVER_ERROR', 'ERROR_UNEXPECTED_ANSWER']);

/**
 * Classifies an error that the portal told ("Error Codes").
 *
 * @param error the `error` of the answer, compared without regard to case
 */
export function classifyError(error: string, description: string): PortalFailure {
  const told = { code: error, description };
  const code = error.toUpperCase();
  if (RATE_LIMITED.has(code)) return { kind: 'rate_limited', ...told };
  if (OPERATING_LIMITED.has(code)) return { kind: 'operating_limited', ...told };
  if (HELD.has(code)) return { kind: 'held', ...told };
  if (BROKEN_OFF.has(code)) return { kind: 'unanswered', ...told };
  return { kind: 'refused', ...told };
}

/** Raised by the system before the first byte of a request is written. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|UNABLE_TO_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH)$/;

/**
 * Classifies what fetch throws.
 *
 * @param timedOut whether our own time limit ended the request
 */
export function classifyException(error: unknown, timedOut: boolean): PortalFailure {
  if (timedOut) {
    return { kind: 'unanswered', code: 'TIMEOUT', description: 'no answer within the time limit' };
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(cause);
  const description = cause instanceof Error && cause.message !== '' ? cause.message : code;
  // The platform refuses ports that belong to other services, such as 25.
  if (description === 'bad port') return { kind: 'not_sent', code: 'BAD_PORT', description };
  const connecting = cause instanceof Error && 'syscall' in cause && cause.syscall === 'connect';
  if (connecting || BEFORE_SENDING.test(code)) return { kind: 'not_sent', code, description };
  return { kind: 'unanswered', code, description };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

/**
 * Whether a failure is about what was asked, so that asking again and again will not do; the others
 * are about the portal's state and pass.
 */
export const countsAsAttempt = ({ kind }: PortalFailure): boolean =>
  kind === 'unanswered' || kind === 'refused';

/** @returns the failure in the words that results and logs show */
export function describeFailure({ code, description }: PortalFailure): string {
  if (code === '') return description;
  return description === '' ? code : `${code}: ${description}`;
}

/** @returns the failure without the webhook's code, which a portal may repeat in its words */
export function redactFailure(webhook: Webhook, failure: PortalFailure): PortalFailure {
  const code = webhook.redact(failure.code);
  return { ...failure, code, description: webhook.redact(failure.description) };
}
