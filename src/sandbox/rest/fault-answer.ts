import type { Fault, FaultKind } from '../faults.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import { AUTH_ERROR_CODES, RestError, type SystemErrorCode, systemError } from './rest-error.ts';
import { errorAnswer, htmlAnswer, type SandboxResponse } from './sandbox-answer.ts';

/** Faults that answer instead of the API; nothing is executed. */
const INSTEAD: Partial<Record<FaultKind, SystemErrorCode | number>> = {
  html_502: 502,
  html_503: 503,
  error_500: 'INTERNAL_SERVER_ERROR',
  rate_limit: 'QUERY_LIMIT_EXCEEDED',
  auth: 'NO_AUTH_FOUND',
  overload: 'OVERLOAD_LIMIT',
};

/** Faults that answer instead of the API after everything has been executed. */
const AFTERWARDS: Partial<Record<FaultKind, SystemErrorCode | number>> = {
  html_504: 504,
  error_500_after: 'INTERNAL_SERVER_ERROR',
};

/** @returns what the fault answers before anything is executed; undefined for nothing */
export function answerInstead(portal: Portal, fault: Fault): SandboxResponse | undefined {
  if (fault.kind === 'system_error') return systemErrorAnswer(portal, fault);
  return answerOf(portal, INSTEAD[fault.kind]);
}

/** @returns what the fault answers after everything is executed; undefined for the API's answer */
export function answerAfterwards(portal: Portal, fault: Fault): SandboxResponse | undefined {
  return answerOf(portal, AFTERWARDS[fault.kind]);
}

/** @returns the API's answer to an error, with the status that this portal gives it */
export function restErrorAnswer({ variants }: Portal, error: RestError): SandboxResponse {
  const isAuthError = AUTH_ERROR_CODES.includes(error.code);
  const status = isAuthError ? variants.authErrorStatus : error.status;
  return errorAnswer(new RestError(status, error.code, error.message));
}

function systemErrorAnswer(portal: Portal, fault: Fault): SandboxResponse {
  const known = systemError(fault.code ?? 'INTERNAL_SERVER_ERROR');
  const error = new RestError(known.status, known.code, fault.description ?? known.message);
  const { status } = fault;
  if (status === undefined) return restErrorAnswer(portal, error);
  return errorAnswer(new RestError(status, error.code, error.message));
}

function answerOf(
  portal: Portal,
  answer: SystemErrorCode | number | undefined,
): SandboxResponse | undefined {
  if (typeof answer !== 'string') return answer === undefined ? undefined : htmlAnswer(answer);
  return restErrorAnswer(portal, systemError(answer));
}
