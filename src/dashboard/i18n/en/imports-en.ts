import { counted } from '../counted.ts';
import { localeOf } from '../locale.ts';

export const importsEn = {
  title: 'Imports',
  create: 'New import',
  list: 'Imports, newest first',
  perMinute: (n: number) => `${n.toLocaleString(localeOf('en'))} per minute`,
  left: (time: string) => `about ${time} left`,
  waitingUntil: (time: string) => `waiting until ${time}`,
  rows: (n: number) => counted(n, 'row', 'rows'),
  soFar: (n: string) => `${n} so far`,
  done: (done: string, all: string) => `${done} of ${all} processed`,
  by: (who: string, when: string) => `${who}, ${when}`,
  emptyTitle: 'No imports yet',
  empty:
    'Upload a table with one invitation per row: a group and a person. Before anything is sent, you see who will be invited to which group and how long it takes.',
  emptyViewer: 'Imports appear here once an administrator uploads a table.',
  sample: 'Download example (CSV)',
  template: 'Download template (CSV)',
  who: { admin: 'Administrator', cli: 'Command line' },
};
