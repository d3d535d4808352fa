/** What a person should do about an error that concerns the portal as a whole. */
export const REMEDY_CODES = [
  'renew_webhook',
  'give_scope',
  'ask_for_rest',
  'ask_support',
  'check_address',
  'use_https',
  'take_new_address',
  'check_module',
  'check_network',
  'trust_certificate',
  'check_certificate',
  'use_proxy',
  'check_proxy',
  'wait_for_portal',
  'ask_administrator',
] as const;

export type RemedyCode = (typeof REMEDY_CODES)[number];
