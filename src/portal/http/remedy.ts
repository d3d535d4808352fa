import { certificateFaultIn } from '../../domain/errors/certificate-fault.ts';
import type { RemedyCode } from '../../domain/errors/remedy-code.ts';
import { NO_ANSWER, PROXY_UNUSED } from './failure.ts';

const REMEDIES: Readonly<Record<RemedyCode, string>> = {
  renew_webhook:
    'The webhook was deleted or its address is wrong: create an inbound webhook in Bitrix24 and set BITRIX24_WEBHOOK_URL to its address.',
  give_scope: 'Edit the webhook in Bitrix24 and give it the scope sonet_group.',
  ask_for_rest: 'The portal does not allow REST to this person or plan: ask its administrator.',
  ask_support: 'Bitrix24 has blocked REST for this portal by hand: only its support can lift that.',
  check_address: 'The portal is gone: check the address in BITRIX24_WEBHOOK_URL.',
  use_https: 'The portal wants https: check the address in BITRIX24_WEBHOOK_URL.',
  take_new_address: 'The portal has moved: take the webhook’s address from Bitrix24 anew.',
  check_module:
    'The portal does not know the method: is the workgroups module installed, is the address one of Bitrix24?',
  check_network:
    'The portal cannot be reached: check the network and the host in BITRIX24_WEBHOOK_URL.',
  trust_certificate:
    'Nobody whom this machine trusts has signed the portal’s certificate; a company that inspects TLS signs with its own. Name the file with that authority’s certificate in the environment as NODE_EXTRA_CA_CERTS (in .env it does nothing), and start again.',
  check_certificate:
    'The portal’s certificate is not for this host or not for today: check the host in BITRIX24_WEBHOOK_URL and the clock of this machine.',
  use_proxy:
    'HTTPS_PROXY is set, and Node.js uses it only when NODE_USE_ENV_PROXY=1 stands in the environment as well (both do nothing in .env): set it and start again.',
  check_proxy:
    'The proxy of HTTPS_PROXY does not let the program through: write its user and password into HTTPS_PROXY, or have its administrator allow the portal’s host.',
  wait_for_portal:
    'The portal does not answer; it may be under maintenance. It is tried again until it does, nothing is lost.',
  ask_administrator: 'See the portal’s own words, and ask its administrator.',
};

/** @returns what a person should do about an error that concerns the portal as a whole */
export const remedyFor = (code: string): string => REMEDIES[remedyCodeOf(code)];

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
