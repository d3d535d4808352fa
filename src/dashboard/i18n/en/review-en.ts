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
  sheet: 'Sheet',
  hiddenSheet: (name: string) => `${name} (hidden)`,
  column: (n: number) => `Column ${n}`,
  noColumn: 'None',
  guess: 'Guessed. Check that the text below is readable.',
  isResults:
    'This is a results file of an earlier import. All of its rows are read, including those already done.',
  isJson: {
    array: 'This is a JSON array; the line is the number of the element.',
    lines: 'This file has one JSON object per line.',
  },
  remembered: (what: string) => `Read as chosen for this header in an earlier import: ${what}.`,
  choices: {
    encoding: 'encoding',
    delimiter: 'delimiter',
    sheet: 'sheet',
    headerLine: 'header line',
    group: 'group column',
    user: 'user column',
    message: 'message column',
  },
  forget: 'Forget this and detect again',
  rereading: 'Reading the file again…',
  firstRows: 'First rows',
  line: 'Line',
  uses: { group: 'Group', user: 'User', message: 'Message' },
  emptyTexts: (n: number) =>
    `${counted(n, 'row has', 'rows have')} a message such as NULL or #N/A. It is read as empty.`,
  rejectsTitle: (n: number) => counted(n, 'row has an error', 'rows have errors'),
  rejectsRest:
    'These rows are left out. Correct them here, or fix your table and upload it again. No one is invited twice.',
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
  hidden: 'The webhook’s user has no access to it: add them to the group',
  notAllowed: 'The webhook’s user cannot invite people here',
  banned: (n: number) => `${people(n)} ${n === 1 ? 'is' : 'are'} banned from this group`,
  unseen: (n: number) => `The webhook cannot see ${people(n)}, invited if they exist`,
  switchedOff: (id: number) =>
    `Workgroups may be switched off in Bitrix24: import ${id} invited no one, and Bitrix24 gave no reason. Check the tools in its settings.`,
  collab: 'Collab: people stay invited until they accept; its own page adds employees at once',
  archived: 'Archived: the invitations will still be sent',
  unnamed: (id: string) => `Group ${id}`,
  peopleTitle: 'People to check',
  missing: (n: number) =>
    `The webhook cannot see ${people(n)} in Bitrix24. ${n === 1 ? 'This person does' : 'They do'} not exist, or only where it cannot see: bots, e-mail users and extranet users are invited all the same:`,
  dismissed: (n: number) =>
    `${people(n)} ${n === 1 ? 'is' : 'are'} dismissed in Bitrix24 but will still be invited:`,
  unnotified: (n: number) =>
    `${people(n)} from the extranet never logged in. They will be invited, but get no notification:`,
  filteredTexts: (n: number) =>
    `${counted(n, 'invitation message looks', 'invitation messages look')} like SQL or HTML. The filter of a self-hosted Bitrix24 may change such text.`,
  andMore: (n: number) => `and ${n.toLocaleString(localeOf('en'))} more`,
  notShown: (scopes: string) =>
    `Not everything could be checked, because the webhook lacks these scopes: ${scopes}.`,
  messageTitle: 'Invitation message',
  message: 'Message to the people you invite',
  messageHint:
    'Rows with their own message keep it. Without a message, Bitrix24 sends its standard notification.',
  length: (n: string, most: string) => `${n} of ${most} characters`,
  saving: 'Saving…',
  saved: 'Message saved.',
  preview: 'Preview',
  standardText: 'Bitrix24 sends its standard notification.',
  nothingTitle: 'Nothing to send',
  nothing:
    'No row of this file can be invited. Download the rows with errors, fix them in your table and upload it again.',
  uploadFixed: 'Upload the fixed file',
  decision: (n: number, recipients: number, time: string) =>
    `${pairs(n)} to ${people(recipients)}, about ${time}`,
  decisionUnchecked: (n: number) => `Up to ${pairs(n)}`,
  leftOutTitle: (n: number) => `Not sent, of ${rows(n)} in the file:`,
  leftOut: {
    duplicates: (n: number) => counted(n, 'duplicate', 'duplicates'),
    rejects: (n: number) => counted(n, 'row with an error', 'rows with errors'),
    present: (n: number) => `${pairs(n)} to people who are invited or members already`,
    closed: (n: number) =>
      counted(n, 'group that no one can be invited to', 'groups that no one can be invited to'),
    failing: (n: number) => counted(n, 'invitation that will fail', 'invitations that will fail'),
    missing: (n: number) => `${people(n)} not found (invited only if they exist)`,
    chosen: (n: number) => `${pairs(n)} left out by you`,
  },
  checkedAt: (time: string) => `Checked in Bitrix24: ${time}.`,
  checkAgain: 'Check again',
  showAll: 'Show all',
  leaveOut: 'Leave out',
  leaveOutPeople: (n: number) =>
    `Leave out all invitations to ${n === 1 ? 'this person' : `these ${people(n)}`}? After the import has ended you can still invite them.`,
  leaveOutGroup: (name: string, n: number) =>
    `Leave out the group ${name} (${pairs(n)})? After the import has ended you can still invite to it.`,
  start: (n: number) => `Start: ${people(n)} will be notified`,
  startUnchecked: (n: number) => `Start: up to ${pairs(n)} will be sent`,
  nobody: 'No one is left to invite: everyone will be skipped or will fail',
  tryFirst: (n: number) => `Try with the first ${n}`,
  earlier: (time: string, id: number, invited: number) =>
    `This file was imported on ${time} as import ${id}: ${invited.toLocaleString(localeOf('en'))} invited. No one is invited twice.`,
  earlierLink: (id: number) => `Open import ${id}`,
  startAnyway: 'Start anyway',
  willSendPerhaps: (n: number) =>
    `Up to ${pairs(n)} more to people that the webhook cannot see, if they exist.`,
  limits: {
    requests: 'Bitrix24 limits the requests per second.',
    work: '',
    operating: 'Bitrix24 limits the time for invitations in ten minutes.',
  },
  assumed: 'This is a guess until the first invitations show how long one takes.',
  discard: 'Discard import',
  discardQuestion: 'Discard this import? No one will be invited.',
  yesDiscard: 'Discard import',
  viewer: 'Only an administrator can start this import.',
};
