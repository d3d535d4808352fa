import { counted } from '../counted.ts';
import { localeOf } from '../locale.ts';

export const importsEn = {
  title: 'Imports',
  create: 'New import',
  list: 'Imports, newest first',
  perMinute: (n: number) => `${n.toLocaleString(localeOf('en'))} per minute`,
  left: (time: string | null) => (time ? `about ${time} left` : 'less than a minute left'),
  waitingUntil: (time: string) => `waiting until ${time}`,
  rows: (n: number) => counted(n, 'row', 'rows'),
  soFar: (n: string) => `${n} so far`,
  number: (id: number) => `No. ${id}`,
  invited: (invited: string, all: string) => `${invited} of ${all} invited`,
  attention: (text: string, n: number) =>
    n === 1 ? `${text} needs your attention` : `${text} need your attention`,
  by: (who: string, when: string) => `${who}, ${when}`,
  started: (who: string, when: string) => `started by ${who}, ${when}`,
  find: 'File name or number',
  search: 'Search',
  active: 'In progress',
  others: 'Other imports',
  archive: 'Archive',
  toArchive: 'Show archive',
  archiveTitle: 'Archive',
  toList: 'Back to the imports',
  unarchive: 'Move back',
  remove: 'Delete',
  removeQuestion: (name: string, rows: string) =>
    `Delete ${name}? Its ${rows}, their results and its history are deleted forever, and so is the uploaded file unless another import uses it. People who have been invited stay invited.`,
  yesRemove: 'Delete forever',
  noneFound: 'No imports match.',
  actionsOf: (id: number) => `Actions of import ${id}`,
  emptyTitle: 'No imports yet',
  empty:
    'Upload a table with one invitation per row: a group and a person. Before anything is sent, you see who will be invited to which group and how long it takes.',
  emptyViewer: 'Imports appear here once an administrator uploads a table.',
  sample: 'Download example (CSV)',
  sampleExcel: 'Example (XLSX)',
  template: 'Download template (CSV)',
  templateExcel: 'Template (XLSX)',
  who: { admin: 'Administrator', cli: 'Command line' },
};
