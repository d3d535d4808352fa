/**
 * What `ACCESS_DENIED` means, which only its text shows ("Error Codes"): the portal lacks the subscription
 * that webhooks need, its plan has no REST, or the webhook's user may not do this.
 */
export type Denial = 'no_subscription' | 'no_plan' | 'not_this_user';

/** @param description the portal's text */
export function denialIn(description: string): Denial {
  if (/by subscription/i.test(description)) return 'no_subscription';
  return /\bplans\b/i.test(description) ? 'no_plan' : 'not_this_user';
}
