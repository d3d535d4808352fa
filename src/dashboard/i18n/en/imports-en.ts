import { counted } from '../counted.ts';

export const importsEn = {
  title: 'Imports',
  create: 'New import',
  list: 'Imports, the newest first',
  perMinute: (n: number) => `${counted(n, 'pair', 'pairs')} a minute`,
  left: (time: string) => `about ${time} left`,
  waitingUntil: (time: string) => `waiting for the portal until ${time}`,
  rows: (n: number) => counted(n, 'row', 'rows'),
  soFar: (n: string) => `${n} so far`,
  done: (done: string, all: string) => `${done} of ${all} done`,
  by: (who: string, when: string) => `${who}, ${when}`,
  emptyTitle: 'Nothing has been imported yet',
  empty:
    'Hand in a table with one line per invitation: the group, and the person. Before anything is sent you will see what is in it, who would be invited where, and how long that takes.',
  emptyViewer: 'When an administrator hands in a table, you can watch it here.',
  sample: 'A sample to look at (CSV)',
  template: 'An empty template to fill in (CSV)',
  who: { admin: 'an administrator', cli: 'command line' },
};
