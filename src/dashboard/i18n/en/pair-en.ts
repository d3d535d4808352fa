import type { AUDIT_DETAILS } from '../../../messages/audit-details.ts';
import type { Templates } from '../../../messages/say.ts';
import { counted } from '../counted.ts';

const auditEn: Templates<typeof AUDIT_DETAILS> = {
  rows: ({ file, rows }) => `${file}, ${counted(rows, 'row', 'rows')}`,
  rows_and_pairs: ({ file, rows, pairs }) =>
    `${file}, ${counted(rows, 'row', 'rows')}, ${counted(pairs, 'invitation', 'invitations')}`,
  pairs: ({ pairs }) => counted(pairs, 'invitation', 'invitations'),
  until: ({ time }) => `until ${time}`,
  file: ({ file }) => file,
  replaces: ({ id }) => `import ${id}`,
  hold: ({ error, description }) => `${error}: ${description}`,
  verbatim: ({ text }) => text,
};

export const pairEn = {
  pairs: 'Invitations',
  outcome: 'Outcome',
  reason: 'Reason',
  any: 'Any',
  group: 'Group ID',
  user: 'User ID',
  find: 'Search',
  clear: 'Clear filters',
  none: 'No results match these filters.',
  noOutcome: (text: string) => `There is no outcome “${text}”.`,
  noReason: (text: string) => `There is no reason “${text}”.`,
  noNumber: 'Enter an ID in digits, like 15.',
  wrongAddress: 'The link to this page has invalid filters',
  removeInvalid: 'Remove invalid filters',
  head: {
    line: 'Line',
    group: 'Group',
    person: 'User',
    outcome: 'Outcome',
    why: 'Reason',
    when: 'Time',
  },
  attempts: (n: number) => counted(n, 'attempt', 'attempts'),
  groups: 'Groups',
  groupHead: { group: 'Group', pairs: 'In the file' },
  noGroups: 'The file has no groups.',
  history: 'History',
  historyHead: { when: 'Time', who: 'By', what: 'Action' },
  actor: { admin: 'Administrator', cli: 'Command line', worker: 'Bulk Invite' },
  action: {
    upload: 'Uploaded',
    import: 'Read the file',
    start: 'Started',
    pause: 'Paused',
    resume: 'Resumed',
    cancel: 'Cancelled',
    retry: 'Retried',
    'upload and start': 'Uploaded, starts automatically',
    reread: 'Changed how the file is read',
    replace: 'Replaces the earlier import',
    'long wait': 'Waiting for Bitrix24',
  } as Readonly<Record<string, string>>,
  retried: (reason: string) => `Retried: ${reason}`,
  audit: auditEn,
};
