import { cutText, visibleLine } from '../../domain/text/visible-text.ts';
import { readConnectionError } from '../../platform/network/connection-error.ts';
import { AnswerTooLarge, Withheld } from '../../platform/network/exchange.ts';
import { denialIn } from './denial.ts';
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

/** An error in the portal's words. */
export type Reported = Pick<PortalFailure, 'code' | 'description'>;

/** Code of a portal that answers no request at all. */
export const NO_ANSWER = 'NO_ANSWER';

/** A request that did not leave because the program is ending. */
export const INTERRUPTED: PortalFailure = {
  kind: 'withheld',
  code: 'INTERRUPTED',
  description: 'the program is stopping',
};

/** A request whose time had passed before it could leave. */
export const TOO_LATE: PortalFailure = {
  kind: 'withheld',
  code: 'TOO_LATE',
  description: 'it could not be sent in time',
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

const ABOUT_METHOD = new Set(['INSUFFICIENT_SCOPE', 'ERROR_METHOD_NOT_FOUND']);

/**
 * Whether a single call failed because the webhook may not call its method or the portal does not
 * have it. A retry fails as well, while other methods can still work.
 */
export function isAboutMethod({ code, description }: Reported): boolean {
  const upper = code.toUpperCase();
  if (upper === 'ACCESS_DENIED') return denialIn(description) === 'not_this_user';
  return ABOUT_METHOD.has(upper);
}

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
  /** Host and port of the proxy that it went through. @default none */
  proxy?: string | undefined;
}

/**
 * Classifies a request without an answer. A request that did not leave was surely not executed: the
 * connection failed, the host name is unknown, the certificate is not trusted, a proxy refuses. Once the first byte is
 * written this is unknown, whatever the system's error code.
 */
export function classifyEnding({ error, hasLeft, by, proxy }: Ending): PortalFailure {
  if (!hasLeft && error instanceof Withheld) return TOO_LATE;
  if (by === 'signal') return hasLeft ? { ...INTERRUPTED, kind: 'abandoned' } : INTERRUPTED;
  const kind = hasLeft ? 'unanswered' : 'not_sent';
  if (by === 'time_limit') {
    return { kind, code: 'TIMEOUT', description: 'no answer within the time limit' };
  }
  return { kind, ...readConnectionError(error, proxy, hasLeft) };
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
