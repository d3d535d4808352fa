import { certificateFaultIn } from '../../domain/errors/certificate-fault.ts';
import type { RemedyCode } from '../../domain/errors/remedy-code.ts';
import { PORTAL_REMEDIES_EN } from '../../messages/en/portal-remedies-en.ts';
import { PROXY_UNREACHABLE } from '../../platform/network/connection-error.ts';
import { isWithoutTls } from '../../platform/network/tls-error.ts';
import { type Denial, denialIn } from './denial.ts';
import { NO_ANSWER, type Reported } from './failure.ts';

/** @returns what a person should do about an error that concerns the portal as a whole */
export const remedyFor = (error: Reported): string => PORTAL_REMEDIES_EN[remedyCodeOf(error)];

const OF_DENIAL: Readonly<Record<Denial, RemedyCode>> = {
  no_subscription: 'renew_subscription',
  no_plan: 'change_plan',
  not_this_user: 'ask_for_rest',
};

/** @returns the same as a code for programs */
export function remedyCodeOf({ code, description }: Reported): RemedyCode {
  const upper = code.toUpperCase();
  switch (upper) {
    case 'NO_AUTH_FOUND':
    case 'INVALID_TOKEN':
    case 'WRONG_AUTH_TYPE':
      return 'renew_webhook';
    case 'INVALID_CREDENTIALS':
      return 'replace_webhook';
    case 'EXPIRED_TOKEN':
      return 'extend_webhook';
    case 'AUTHORIZATION_ERROR':
      return 'activate_owner';
    case 'INSUFFICIENT_SCOPE':
      return 'give_scope';
    case 'ACCESS_DENIED':
      return OF_DENIAL[denialIn(description)];
    case 'PAYMENT_REQUIRED':
      return 'renew_subscription';
    case 'USER_ACCESS_ERROR':
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
    case PROXY_UNREACHABLE:
      return 'check_proxy';
    case 'PROXY_407':
      return 'log_in_to_proxy';
    case NO_ANSWER:
      return 'wait_for_portal';
    default:
      return ofConnection(upper);
  }
}

function ofConnection(code: string): RemedyCode {
  if (isWithoutTls(code)) return 'check_port';
  if (/^PROXY_4\d\d$/.test(code)) return 'allow_portal';
  return code.startsWith('PROXY_') ? 'check_beyond_proxy' : ofCertificate(code);
}

function ofCertificate(code: string): RemedyCode {
  const fault = certificateFaultIn(code);
  if (fault === undefined) return 'ask_administrator';
  return fault === 'untrusted' ? 'trust_certificate' : 'check_certificate';
}
