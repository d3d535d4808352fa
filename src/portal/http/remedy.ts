import { certificateFaultIn } from '../../domain/errors/certificate-fault.ts';
import type { RemedyCode } from '../../domain/errors/remedy-code.ts';
import { PORTAL_REMEDIES_EN } from '../../messages/en/portal-remedies-en.ts';
import { NO_ANSWER, PROXY_UNUSED } from './failure.ts';

/** @returns what a person should do about an error that concerns the portal as a whole */
export const remedyFor = (code: string): string => PORTAL_REMEDIES_EN[remedyCodeOf(code)];

/** @returns the same as a code for programs */
export function remedyCodeOf(code: string): RemedyCode {
  const upper = code.toUpperCase();
  switch (upper) {
    case 'NO_AUTH_FOUND':
    case 'INVALID_CREDENTIALS':
    case 'EXPIRED_TOKEN':
    case 'INVALID_TOKEN':
    case 'WRONG_AUTH_TYPE':
    case 'AUTHORIZATION_ERROR':
      return 'renew_webhook';
    case 'INSUFFICIENT_SCOPE':
      return 'give_scope';
    case 'ACCESS_DENIED':
    case 'USER_ACCESS_ERROR':
    case 'PAYMENT_REQUIRED':
      return 'ask_for_rest';
    case 'OVERLOAD_LIMIT':
      return 'ask_support';
    case 'PORTAL_DELETED':
      return 'check_address';
    case 'INVALID_REQUEST':
      return 'use_https';
    case 'REDIRECT':
      return 'take_new_address';
    case 'ERROR_METHOD_NOT_FOUND':
      return 'check_module';
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    // Remedies are for requests that surely were not executed: these codes concern the connection.
    case 'ECONNRESET':
    case 'TIMEOUT':
      return 'check_network';
    case PROXY_UNUSED:
      return 'use_proxy';
    case NO_ANSWER:
      return 'wait_for_portal';
    default:
      return upper.startsWith('PROXY_') ? 'check_proxy' : ofCertificate(upper);
  }
}

function ofCertificate(code: string): RemedyCode {
  const fault = certificateFaultIn(code);
  if (fault === undefined) return 'ask_administrator';
  return fault === 'untrusted' ? 'trust_certificate' : 'check_certificate';
}
