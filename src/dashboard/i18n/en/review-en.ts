import { counted } from '../counted.ts';
import { localeOf } from '../locale.ts';

const people = (n: number) => counted(n, 'person', 'people');
const rows = (n: number) => counted(n, 'row', 'rows');
const pairs = (n: number) => counted(n, 'invitation', 'invitations');
const groups = (n: number) => counted(n, 'group', 'groups');

export const reviewEn = {
  nothingWasSent: 'Nothing has been sent.',
  nothingSent: 'Nothing has been sent yet. Review the import before it starts.',
  progress: {
    rows: 'Reading rows',
    pairs: 'Preparing invitations',
    people: 'Checking people in Bitrix24',
    groups: 'Checking groups in Bitrix24',
  },
  waitingFor: {
    operating: 'rate-limited by Bitrix24, continues within ten minutes',
    requests: 'rate-limited by Bitrix24, waiting',
    no_answer: 'Bitrix24 does not respond, retrying',
  },
  soFar: (done: string) => `${done} so far`,
  of: (done: string, all: string) => `${done} of ${all}`,
  readTitle: 'File format',
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  delimiters: { ',': 'Comma (,)', ';': 'Semicolon (;)', '\t': 'Tab', '|': 'Vertical bar (|)' },
  columns: { group: 'Group column', user: 'User column', message: 'Message column' },
  column: (n: number) => `Column ${n}`,
  noColumn: 'None',
  guess: 'Guessed. Check that the text below is readable.',
  isResults:
    'This is a results file of an earlier import. All of its rows are read, including those already done.',
  rereading: 'Reading the file again…',
  firstRows: 'First rows',
  line: 'Line',
  uses: { group: 'Group', user: 'User', message: 'Message' },
  countsTitle: 'Summary',
  rows,
  counts: {
    pairs: (n: number): string => (n === 1 ? 'invitation' : 'invitations'),
    duplicates: (n: number): string => (n === 1 ? 'duplicate' : 'duplicates'),
    rejects: (_n: number): string => 'rejected',
  },
  sum: 'total',
  rejectsTitle: (n: number) => counted(n, 'row has an error', 'rows have errors'),
  rejectsRest:
    'These rows are left out. To include them, fix them in your table and upload it again. No one is invited twice.',
  rejectsAll: 'No one can be invited from this file.',
  rejectsCsv: 'Download all (CSV)',
  reason: 'Error',
  group: 'Group',
  person: 'User',
  groupsTitle: groups,
  groupsOf: (shown: string, n: number) =>
    `The first ${shown} of ${groups(n)}. Open the list of groups to see the others.`,
  allGroups: 'All groups',
  groupHead: {
    pairs: 'In the file',
    fresh: 'Will be invited',
    there: 'Will be skipped',
    failing: 'Will fail',
  },
  unread: 'Could not be read: Bitrix24 returned an error',
  invisible: 'Not found, or the webhook’s user has no access to it',
  notAllowed: 'The webhook’s user cannot invite people here',
  unnamed: (id: string) => `Group ${id}`,
  peopleTitle: 'People to check',
  missing: (n: number) =>
    `${people(n)} ${n === 1 ? 'was' : 'were'} not found in Bitrix24 and cannot be invited:`,
  dismissed: (n: number) =>
    `${people(n)} ${n === 1 ? 'is' : 'are'} dismissed in Bitrix24 but will still be invited. To leave them out, remove them from the table:`,
  andMore: (n: number) => `and ${n.toLocaleString(localeOf('en'))} more`,
  notShown: (scopes: string) =>
    `Not everything could be checked, because the webhook lacks these scopes: ${scopes}.`,
  messageTitle: 'Invitation message',
  message: 'Message to the people you invite',
  messageHint:
    'Rows with their own message keep it. Without a message, Bitrix24 sends its standard notification.',
  length: (n: string) => `${n} characters`,
  saveMessage: 'Save message',
  undoChanges: 'Undo changes',
  saving: 'Saving…',
  saved: 'Message saved.',
  draft: 'The invitation message has unsaved changes. Save or undo them before you start.',
  nothingTitle: 'Nothing to send',
  nothing:
    'No row of this file can be invited. Download the rows with errors, fix them in your table and upload it again.',
  uploadFixed: 'Upload the fixed file',
  startTitle: 'Start',
  start: (n: number) => `Start: ${people(n)} will be notified`,
  startUnchecked: (n: number) => `Start: up to ${pairs(n)} will be sent`,
  nobody: 'No one is left to invite. Everyone will be skipped or will fail.',
  startAnyway: 'Start anyway',
  willSend: (n: number, recipients: number) => `${pairs(n)} to ${people(recipients)}.`,
  takes: (time: string) => `Takes about ${time}.`,
  limits: {
    requests: 'Bitrix24 limits the requests per second.',
    work: '',
    operating: 'Bitrix24 limits the time for invitations in ten minutes.',
  },
  assumed: 'The estimate improves after the first invitations.',
  discard: 'Discard import',
  discardQuestion: 'Discard this import? No one will be invited.',
  yesDiscard: 'Discard import',
  viewer: 'Only an administrator can start this import.',
};
