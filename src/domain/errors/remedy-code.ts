/** What a person should do about an error that concerns the portal as a whole. */
export const REMEDY_CODES = [
  'renew_webhook',
  'replace_webhook',
  'extend_webhook',
  'activate_owner',
  'give_scope',
  'renew_subscription',
  'change_plan',
  'ask_for_rest',
  'ask_support',
  'check_address',
  'use_https',
  'take_new_address',
  'check_module',
  'check_network',
  'check_port',
  'trust_certificate',
  'check_certificate',
  'check_proxy',
  'log_in_to_proxy',
  'allow_portal',
  'check_beyond_proxy',
  'wait_for_portal',
  'ask_administrator',
] as const;

export type RemedyCode = (typeof REMEDY_CODES)[number];

/** One that only ledgers of older versions have. */
export type OldRemedyCode = 'use_proxy';
