import type { Outcome, Reason } from '../domain/pairs/outcome.ts';

/** An outcome in words that a person understands. */
export interface Explanation {
  /** What it means. */
  meaning: string;
  /** What to do about it; null where there is nothing to do. */
  remedy: string | null;
}

const FIX = 'Mend the cell and import the mended rows.';

const REASONS: Readonly<Record<Reason, readonly [meaning: string, remedy: string | null]>> = {
  returned: ['The portal has sent the invitation.', null],
  confirmed: [
    'A request got no answer; reading the group afterwards shows that it invited the person.',
    null,
  ],
  already_member: ['The person is in the group already.', null],
  already_invited: ['The person was invited before, or asks to join, and has not answered.', null],
  caller: ['This is the person in whose name the webhook acts; nobody invites themselves.', null],
  user_not_found: [
    'The portal does not know this person.',
    'Check the number, mend the row and import it again.',
  ],
  group_not_found: [
    'There is no such group, or the webhook’s user cannot see it.',
    'Check the number, or make the webhook’s user a member of the group; then retry.',
  ],
  not_allowed: [
    'The webhook’s user may not invite into this group.',
    'Ask an owner of the group to let them, or use a webhook of somebody who may; then retry.',
  ],
  declined: [
    'The person and the group were read, and the portal gives no reason: banned from the group, or personal settings.',
    'Ask an owner of the group to look at the person there; then retry.',
  ],
  portal_error: [
    'The portal failed again and again; the detail holds its words.',
    'Retry; when it goes on, show the detail to the portal’s administrator.',
  ],
  no_answer: [
    'A request got no answer and the group could not be read: perhaps invited, perhaps not.',
    'Retry: the group is read first, so that nobody is invited twice.',
  ],
  not_explained: [
    'The portal left the person out, and what would say why could not be read.',
    'See the detail: give the webhook the scope that it names, or wait until the portal answers; then retry.',
  ],
  by_user: ['The import was cancelled before the pair’s turn.', 'Import the file again to go on.'],
  missing_group: ['The row names no group.', FIX],
  bad_group_id: ['The cell is no number of a group.', FIX],
  missing_user: ['The row names no person.', FIX],
  bad_user_id: ['The cell is no number of a person.', FIX],
  unknown_group: ['No group that the webhook can see is called so.', FIX],
  ambiguous_group: ['Several groups are called so.', 'Write the group’s number instead.'],
  unknown_email: ['Nobody on the portal has this address.', FIX],
  ambiguous_email: ['Several people have this address.', 'Write the person’s number instead.'],
  bad_row: ['The row cannot be read.', FIX],
};

const RETRYABLE: ReadonlySet<Outcome> = new Set(['failed', 'unknown']);

/** @returns whether a retry puts pairs of this outcome back in line */
export const isRetryable = (outcome: Outcome): boolean => RETRYABLE.has(outcome);

/** @returns what an outcome with its reason means, and what to do about it */
export function explain(outcome: Outcome, reason: string | null): Explanation {
  if (outcome === 'pending') return { meaning: 'Waits for its turn.', remedy: null };
  if (outcome === 'duplicate') {
    return { meaning: 'The same pair stands further up in the file.', remedy: null };
  }
  const known: Readonly<Record<string, (typeof REASONS)[Reason] | undefined>> = REASONS;
  const [meaning, remedy] = known[reason ?? ''] ?? [reason ?? outcome, null];
  return { meaning, remedy };
}
