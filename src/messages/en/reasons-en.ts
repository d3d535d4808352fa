import type { Reason } from '../../domain/pairs/outcome.ts';

const FIX = 'Fix the cell, then upload the fixed rows.';

/** What each reason means, and what to do; null where there is nothing to do. */
export const REASONS_EN: Readonly<
  Record<Reason, readonly [meaning: string, remedy: string | null]>
> = {
  returned: ['The portal sent the invitation.', null],
  confirmed: ['A request got no answer; the group shows that it invited the person.', null],
  already_member: ['The person is already in the group.', null],
  already_invited: ['The person has a pending invitation or a pending request to join.', null],
  caller: ['This is the webhook’s own user, who cannot invite themselves.', null],
  user_not_found: [
    'The portal did not invite the person, and the webhook cannot see such a person.',
    'Check the ID, and upload the fixed row. Bots, e-mail and extranet users are invited although the webhook cannot see them; if the ID is one of theirs, ask an owner of the group to check the person there.',
  ],
  group_not_found: [
    'The group does not exist, or the webhook’s user cannot see it.',
    'Check the ID, or add the webhook’s user to the group; then retry.',
  ],
  not_allowed: [
    'The webhook’s user may not invite into this group.',
    'Ask an owner of the group to allow it, or use the webhook of a user who may; then retry.',
  ],
  banned: [
    'The person is banned from the group.',
    'Ask an owner of the group to lift the ban; then retry.',
  ],
  declined: [
    'The portal declined and gives no reason: the person and the group can be seen, the person is not in the group, and the webhook’s user may invite. Possible causes: personal settings, or a ban that the webhook’s user cannot see.',
    'Ask an owner of the group to check the person there; then retry.',
  ],
  portal_error: [
    'The portal failed repeatedly; the detail has its error message.',
    'Retry; if it fails again, show the detail to the portal’s administrator.',
  ],
  no_answer: [
    'A request got no answer and the group could not be read: perhaps invited, perhaps not.',
    'Retry: the group is read first, so no one is invited twice.',
  ],
  not_explained: [
    'The portal did not invite the person, and the reason could not be read.',
    'Check the detail: give the webhook the missing scope, or wait until the portal answers; then retry.',
  ],
  by_user: [
    'The import was cancelled, or the pair left out, before it was sent.',
    'Retry to invite them after all.',
  ],
  missing_group: ['The row has no group.', FIX],
  bad_group_id: ['The cell is not a valid group ID.', FIX],
  missing_user: ['The row has no person.', FIX],
  bad_user_id: ['The cell is not a valid user ID.', FIX],
  unknown_group: ['The webhook sees no group with this name.', FIX],
  ambiguous_group: ['Several groups have this name.', 'Use the group’s ID instead.'],
  unknown_email: [
    'The webhook can see no one with this address.',
    'Fix the cell, then upload the fixed rows. A person who is only in the extranet needs the webhook of an administrator.',
  ],
  ambiguous_email: ['Several people have this address.', 'Use the person’s ID instead.'],
  bad_row: ['The row cannot be read.', FIX],
  hidden_row: [
    'The sheet does not show the row, so no one is invited by it.',
    'Show the row or delete it, then upload the workbook again.',
  ],
};

/** Of the outcome `withdrawn`, which has the same reason as `cancelled`. */
export const WITHDRAWN_EN = [
  'The person was invited, and the invitation was withdrawn while it was pending.',
  'Retry with this reason to invite them again.',
] as const;
export const PENDING_EN = 'No outcome yet.';
export const DUPLICATE_EN = 'The same pair appears earlier in the file.';
export const duplicateOfEn = (line: string): string => `The same pair is on line ${line}.`;
