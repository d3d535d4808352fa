import type { RemedyCode } from '../../domain/errors/remedy-code.ts';

/** What to do about an error that concerns the portal as a whole. */
export const PORTAL_REMEDIES_EN: Readonly<Record<RemedyCode, string>> = {
  renew_webhook:
    'The webhook was deleted or its address is wrong: create an inbound webhook in Bitrix24 and set BITRIX24_WEBHOOK_URL to its address.',
  give_scope: 'Edit the webhook in Bitrix24 and give it the scope sonet_group.',
  ask_for_rest: 'The portal does not allow REST for this user or plan: ask its administrator.',
  ask_support:
    'Bitrix24 has blocked REST for this portal manually: only Bitrix24 support can unblock it.',
  check_address: 'The portal was deleted: check the address in BITRIX24_WEBHOOK_URL.',
  use_https: 'The portal requires https: check the address in BITRIX24_WEBHOOK_URL.',
  take_new_address: 'The portal has moved: copy the webhook’s address from Bitrix24 again.',
  check_module:
    'The portal does not have the method: check that the workgroups module is installed and that the address belongs to a Bitrix24 portal.',
  check_network:
    'The portal cannot be reached: check the network and the host in BITRIX24_WEBHOOK_URL.',
  trust_certificate:
    'The portal’s certificate is not signed by an authority that this machine trusts; a company that inspects TLS has its own authority. Set NODE_EXTRA_CA_CERTS in the environment (not in .env) to the file with that authority’s certificate, and start again.',
  check_certificate:
    'The portal’s certificate is not valid for this host or this date: check the host in BITRIX24_WEBHOOK_URL and the clock of this machine.',
  use_proxy:
    'HTTPS_PROXY is set, but Node.js uses it only with NODE_USE_ENV_PROXY=1 in the environment (neither works in .env): set it and start again.',
  check_proxy:
    'The proxy in HTTPS_PROXY refuses the connection: add its user and password to HTTPS_PROXY, or ask its administrator to allow the portal’s host.',
  wait_for_portal:
    'The portal does not answer; it may be under maintenance. Requests are retried until it answers; nothing is lost.',
  ask_administrator: 'Check the portal’s error message, and ask its administrator.',
};
