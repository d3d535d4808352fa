import type { OldRemedyCode, RemedyCode } from '../../domain/errors/remedy-code.ts';

/** What to do about an error that concerns the portal as a whole. */
export const PORTAL_REMEDIES_EN: Readonly<Record<RemedyCode | OldRemedyCode, string>> = {
  renew_webhook:
    'The webhook was deleted or its address is wrong: create an inbound webhook in Bitrix24 and set BITRIX24_WEBHOOK_URL to its address.',
  replace_webhook:
    'The webhook was deleted, its key or owner was changed, or Bitrix24 blocked it because its address was found in public. If Bitrix24 still lists it as active, copy its address again. Otherwise create a new inbound webhook, keep its address secret, and set BITRIX24_WEBHOOK_URL to it.',
  extend_webhook:
    'The webhook has expired: set a later expiry date in Bitrix24, or create a new inbound webhook and set BITRIX24_WEBHOOK_URL to its address.',
  activate_owner:
    'The user who created the webhook is not active any more: reactivate this user in Bitrix24, or let an active user create an inbound webhook and set BITRIX24_WEBHOOK_URL to its address.',
  give_scope: 'Edit the webhook in Bitrix24 and give it the scope sonet_group.',
  renew_subscription:
    'The portal has no active subscription, which webhooks need: ask its administrator to renew the subscription in Bitrix24.',
  change_plan:
    'The plan of the portal does not include REST, or its trial is over: ask its administrator to choose a plan with REST.',
  ask_for_rest:
    'The portal does not allow this to the webhook’s user: ask its administrator for access, or use a webhook of another user.',
  ask_support:
    'Bitrix24 has blocked REST for this portal manually: only Bitrix24 support can unblock it.',
  check_address:
    'The portal was deleted, or its public part is closed: check the address in BITRIX24_WEBHOOK_URL, and ask its administrator whether the portal is closed temporarily.',
  use_https: 'The portal requires https: check the address in BITRIX24_WEBHOOK_URL.',
  take_new_address:
    'The portal redirects requests: it was renamed, or BITRIX24_WEBHOOK_URL is not the address that Bitrix24 shows. Copy the webhook’s address from Bitrix24 again.',
  check_module:
    'The portal does not have the method: check that the workgroups module is installed and that the address belongs to a Bitrix24 portal.',
  check_network:
    'The portal cannot be reached: check the network and the host in BITRIX24_WEBHOOK_URL.',
  check_port:
    'The portal’s port does not use TLS, which https needs: check the port in BITRIX24_WEBHOOK_URL. Without a port in the address it is 443. A company network may also answer in place of the portal.',
  trust_certificate:
    'The portal’s certificate is not signed by an authority that this machine trusts; a company that inspects TLS has its own authority. Set NODE_EXTRA_CA_CERTS, in the environment or in .env, to the file with that authority’s certificate (PEM), and start again.',
  check_certificate:
    'The portal’s certificate is not valid for this host or this date: check the host in BITRIX24_WEBHOOK_URL and the clock of this machine.',
  check_proxy:
    'The proxy in HTTPS_PROXY cannot be reached: check its host and port, and the network. NO_PROXY lists hosts that need no proxy.',
  log_in_to_proxy:
    'The proxy requires a login: add user and password to HTTPS_PROXY, as http://USER:PASSWORD@HOST:PORT with special characters percent-encoded, and start again.',
  allow_portal:
    'The proxy does not allow the portal’s host: ask its administrator to allow it, or list the host in NO_PROXY if it can be reached without the proxy.',
  check_beyond_proxy:
    'The proxy does not reach the portal: check the host in BITRIX24_WEBHOOK_URL, and ask the administrator of the proxy.',
  wait_for_portal:
    'The portal does not answer; it may be under maintenance. Requests are retried until it answers; nothing is lost.',
  use_proxy: 'HTTPS_PROXY was not used when this happened; now it is: try again.',
  ask_administrator: 'Check the portal’s error message, and ask its administrator.',
};
