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
  group: 'Group number',
  user: 'Person number',
  find: 'Find',
  clear: 'Show all',
  none: 'Nothing is like that.',
  noOutcome: (text: string) => `There is no outcome “${text}”.`,
  noReason: (text: string) => `There is no reason “${text}”.`,
  noNumber: 'There is no such number. Write digits only, like 15.',
  wrongAddress: 'The address of this page asks for something that does not exist',
  drop: 'Show without it',
  head: {
    line: 'Line',
    group: 'Group',
    person: 'Person',
    outcome: 'Outcome',
    why: 'Why',
    when: 'When',
  },
  attempts: (n: number) => counted(n, 'attempt', 'attempts'),
  groups: 'Groups',
  groupHead: { group: 'Group', pairs: 'In the file' },
  noGroups: 'No line of the file names a group.',
  history: 'What was done, and by whom',
  historyHead: { when: 'When', who: 'Who', what: 'What' },
  actor: { admin: 'an administrator', cli: 'command line', worker: 'the program' },
  action: {
    upload: 'handed the file in',
    import: 'read the file',
    start: 'started it',
    pause: 'paused it',
    resume: 'went on with it',
    cancel: 'cancelled it',
    retry: 'retried what failed',
    'upload and start': 'handed the file in, to be started at once',
    reread: 'had the file read in another way',
    replace: 'reads it in another way, in place of the import',
    'long wait': 'waits for the portal',
  } as Readonly<Record<string, string>>,
  retried: (reason: string) => `retried: ${reason}`,
  audit: auditEn,
};
