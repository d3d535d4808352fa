import { counted } from '../counted.ts';
import { localeOf } from '../locale.ts';

const people = (n: number) => counted(n, 'person', 'people');
const rows = (n: number) => counted(n, 'row', 'rows');
const pairs = (n: number) => counted(n, 'invitation', 'invitations');
const groups = (n: number) => counted(n, 'group', 'groups');

export const reviewEn = {
  nothingWasSent: 'Nothing has been sent to anybody.',
  nothingSent: 'Nothing has been sent to anybody yet. Look it over, then start.',
  progress: {
    rows: 'Reading the rows',
    pairs: 'Putting the pairs in order',
    people: 'Asking the portal about the people',
    groups: 'Asking the portal about the groups',
  },
  waitingFor: {
    operating: 'the portal’s time for this is used up, some of it is free again within ten minutes',
    requests: 'the portal gets too many requests: waiting',
    no_answer: 'the portal does not answer: trying again',
  },
  soFar: (done: string) => `${done} so far`,
  of: (done: string, all: string) => `${done} of ${all}`,
  readTitle: 'How the file was read',
  encoding: 'Letters (encoding)',
  delimiter: 'Between the cells',
  delimiters: { ',': 'Comma ,', ';': 'Semicolon ;', '\t': 'Tab', '|': 'Vertical bar |' },
  columns: { group: 'Group', user: 'Person', message: 'Own invitation text' },
  column: (n: number) => `Column ${n}`,
  noColumn: 'none',
  guess: 'Guessed: do the letters below look right?',
  isResults:
    'This is the results file of an earlier import; what stands there as done is read, too.',
  rereading: 'Reading the file again…',
  firstRows: 'The first rows',
  line: 'Line',
  used: (what: string) => `read as ${what}`,
  countsTitle: 'What is in it',
  rows,
  counts: {
    pairs: (n: number): string => (n === 1 ? 'invitation' : 'different invitations'),
    duplicates: (n: number): string => (n === 1 ? 'duplicate' : 'duplicates'),
    rejects: (_n: number): string => 'not readable',
  },
  sum: 'together',
  rejectsTitle: (n: number) => `${counted(n, 'line', 'lines')} cannot be read`,
  rejectsRest:
    'The others can be invited all the same. Mend these in your table and hand it in again: who is invited already is not invited twice.',
  rejectsAll: 'So nobody can be invited from this file.',
  rejectsCsv: 'Download all of them (CSV)',
  reason: 'What is wrong',
  group: 'Group',
  person: 'Person',
  groupsTitle: 'Groups',
  groupsOf: (shown: string, n: number) =>
    `The first ${shown} of ${groups(n)}; the others are in the list of groups.`,
  allGroups: 'All groups',
  groupHead: { pairs: 'In the file', fresh: 'New', there: 'Already there', failing: 'Will fail' },
  unread: 'Could not be read: the portal answers with an error',
  invisible: 'Not visible to the webhook: does not exist, or is closed to its owner',
  notAllowed: 'The webhook may not invite here',
  unnamed: (id: string) => `Group ${id}`,
  peopleTitle: 'People to know about',
  missing: (n: number) =>
    `${people(n)} of the file ${n === 1 ? 'is' : 'are'} not on the portal and cannot be invited:`,
  dismissed: (n: number) =>
    `${people(n)} ${n === 1 ? 'is' : 'are'} dismissed. The portal invites them all the same; take them out of the table if you do not want that:`,
  andMore: (n: number) => `and ${n.toLocaleString(localeOf('en'))} more`,
  notShown: (scopes: string) =>
    `The webhook lacks the rights ${scopes}, so not everything could be checked.`,
  messageTitle: 'Invitation text',
  message: 'What people read when they are invited',
  messageHint: 'Rows with a text of their own keep it. Empty: the portal’s usual notice.',
  length: (n: string) => `${n} characters`,
  saveMessage: 'Save the text',
  dropDraft: 'Take the change back',
  saving: 'Saving the text…',
  saved: 'The text is saved.',
  draft: 'The invitation text is not saved yet: save it above, or take the change back.',
  nothingTitle: 'There is nothing to send',
  nothing:
    'No line of this file can be an invitation. Download the lines that cannot be read, mend them in your table, and hand it in again.',
  uploadFixed: 'Hand in the mended file',
  putAside: 'Put it aside',
  startTitle: 'Start',
  start: (n: number) => `Start: ${people(n)} will be notified`,
  startUnchecked: (n: number) => `Start: up to ${pairs(n)} will be sent`,
  nobody: 'Nobody is left to be invited: everybody is there already, or cannot be invited.',
  startAnyway: 'Start all the same',
  willSend: (n: number, whom: number) => `${pairs(n)} to ${people(whom)}.`,
  takes: (time: string) => `It will take about ${time}`,
  limits: {
    requests: 'as the portal takes only so many requests a second.',
    work: 'as the portal needs that long to do it.',
    operating: 'as the portal gives inviting only so many seconds in ten minutes.',
  },
  assumed: 'This is a first estimate; it gets better with the first invitations.',
  discard: 'Do not start',
  discarding: 'Put this import aside without inviting anybody?',
  yesDiscard: 'Yes, put it aside',
  viewer: 'An administrator can start it.',
};
