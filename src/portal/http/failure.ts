import { cutText, visibleLine } from '../../domain/text/visible-text.ts';
import { AnswerTooLarge, Withheld } from './exchange.ts';
import type { Webhook } from './webhook.ts';

/**
 * What a request can end with instead of a result. The kinds say what may be done next, not how the
 * portal reported it: its HTTP statuses are unreliable ("Error Codes").
 */
export type PortalFailure =
  /** It never reached the portal: repeating it is harmless. */
  | { kind: 'not_sent'; code: string; description: string }
  /** The program did not send it: the program is ending, or the request's time had passed. */
  | { kind: 'withheld'; code: string; description: string }
  /** The bucket was full, nothing was executed. */
  | { kind: 'rate_limited'; code: string; description: string }
  /** The method's server seconds are used up, nothing was executed. */
  | { kind: 'operating_limited'; code: string; description: string }
  /** The portal refuses everything until a person fixes something; nothing was executed. */
  | { kind: 'held'; code: string; description: string }
  /** The method refused this call, nothing was executed. The code may be the empty string. */
  | { kind: 'refused'; code: string; description: string }
  /** It is unknown whether it was executed, in part or whole. */
  | { kind: 'unanswered'; code: string; description: string }
  /** The same, and the portal did not answer a simpler request either. */
  | { kind: 'silent'; code: string; description: string }
  /** The same, because the program is ending and gave it up. It says nothing about the portal. */
  | { kind: 'abandoned'; code: string; description: string };

/** Code of a portal that answers no request at all. */
export const NO_ANSWER = 'NO_ANSWER';

/** A request that did not leave because the program is ending. */
export const INTERRUPTED: PortalFailure = {
  kind: 'withheld',
  code: 'INTERRUPTED',
  description: 'the program is ending',
};

/** A request whose time had passed before it could leave. */
export const TOO_LATE: PortalFailure = {
  kind: 'withheld',
  code: 'TOO_LATE',
  description: 'it could not leave in time',
};

/** An answer that lacks the documented content. */
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
 * have it. A retry fails as well, while other methods can still work.
 */
export const isAboutMethod = ({ code }: { code: string }): boolean =>
  ABOUT_METHOD.has(code.toUpperCase());

/** The server broke off during execution. */
const BROKEN_OFF = new Set(['INTERNAL_SERVER_ERROR', 'ERROR_UNEXPECTED_ANSWER']);

/**
 * Classifies an error that the portal reported ("Error Codes").
 *
 * @param error the `error` of the answer, compared without regard to case
 */
export function classifyError(error: string, description: string): PortalFailure {
  const reported = { code: error, description };
  const code = error.toUpperCase();
  if (RATE_LIMITED.has(code)) return { kind: 'rate_limited', ...reported };
  if (OPERATING_LIMITED.has(code)) return { kind: 'operating_limited', ...reported };
  if (HELD.has(code)) return { kind: 'held', ...reported };
  if (BROKEN_OFF.has(code)) return { kind: 'unanswered', ...reported };
  return { kind: 'refused', ...reported };
}

/** How a request without an answer ended. */
export interface Ending {
  error: unknown;
  /** Whether any of it may have reached the portal. */
  hasLeft: boolean;
  /** What ended it on our side; undefined when it ended elsewhere. */
  by: 'time_limit' | 'signal' | undefined;
  /** The environment names a proxy that Node.js does not use. @default false */
  isProxyUnused?: boolean | undefined;
}

/** Codes of failed lookups and connections, the usual result where only a proxy leads out. */
const NO_WAY_OUT = new Set([
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
]);

/** The environment names a proxy that Node.js is not set to use. */
export const PROXY_UNUSED = 'PROXY_UNUSED';

/**
 * Classifies a request without an answer. A request that did not leave was surely not executed: the
 * connection failed, the host name is unknown, the certificate is not trusted. Once the first byte is
 * written this is unknown, whatever the system's error code.
 */
export function classifyEnding({ error, hasLeft, by, isProxyUnused }: Ending): PortalFailure {
  if (!hasLeft && error instanceof Withheld) return TOO_LATE;
  if (by === 'signal') return hasLeft ? { ...INTERRUPTED, kind: 'abandoned' } : INTERRUPTED;
  const kind = hasLeft ? 'unanswered' : 'not_sent';
  if (by === 'time_limit') {
    return { kind, code: 'TIMEOUT', description: 'no answer within the time limit' };
  }
  const code = codeOf(error);
  if (code === 'ERR_PROXY_TUNNEL') return proxyRefused(kind, error);
  const description = error instanceof Error && error.message !== '' ? withoutAdvice(error) : code;
  if (hasLeft || !isProxyUnused || !NO_WAY_OUT.has(code)) return { kind, code, description };
  const unused = 'HTTPS_PROXY is set, but Node.js does not use it';
  return { kind, code: PROXY_UNUSED, description: `${description}; ${unused}` };
}

/** Leaves out Node.js's message, which contains the proxy's address with its password. */
function proxyRefused(kind: 'unanswered' | 'not_sent', error: unknown): PortalFailure {
  const hasStatus = error instanceof Error && 'statusCode' in error;
  const status = hasStatus ? Number(error.statusCode) : Number.NaN;
  if (!Number.isInteger(status)) {
    return { kind, code: 'PROXY_ENDED', description: 'the proxy ended the connection' };
  }
  return { kind, code: `PROXY_${status}`, description: `the proxy refuses (${status})` };
}

/** Drops Node.js's advice on its own options, which does not help users who start it by `npm run`. */
const withoutAdvice = ({ message }: Error): string =>
  message.replace(/; if the root CA is installed locally, .*$/s, '');

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

/** Codes of requests that were too large for their time or their answer; the portal itself may work. */
const RAN_LONG = new Set(['TIMEOUT', 'HTTP_504', AnswerTooLarge.code]);

/** Whether a request without an answer may have been too large. */
export const ranLong = ({ code }: { code: string }): boolean => RAN_LONG.has(code);

/** Whether a failure comes from the portal or the network, not from this program. */
export const isPortals = ({ kind }: PortalFailure): boolean =>
  kind !== 'withheld' && kind !== 'abandoned';

/** @returns the failure in the words that results and logs show */
export function describeFailure({ code, description }: PortalFailure): string {
  if (code === '') return description;
  return description === '' ? code : `${code}: ${description}`;
}

/**
 * Every failure passes through here, because its texts come from outside.
 *
 * @returns the failure, safe to store and show: on one line, without terminal control characters, not
 * too long, and without the webhook's code, which a portal can repeat
 */
export function cleanFailure(webhook: Webhook, failure: PortalFailure): PortalFailure {
  // Cut last: half of the code would not be recognized.
  const clean = (text: string) => cutText(webhook.redact(visibleLine(text)).trim());
  return { ...failure, code: clean(failure.code), description: clean(failure.description) };
}
