import { outcomesEn } from '../../../messages/en/outcomes-en.ts';
import { counted } from '../counted.ts';
import { localeOf } from '../locale.ts';

const { state } = outcomesEn;

const invitations = (n: number): string => counted(n, 'invitation', 'invitations');

const inFlight = (n: number): string =>
  n === 1
    ? '1 invitation has already been sent to Bitrix24 and is waiting for its result.'
    : `${invitations(n)} have already been sent to Bitrix24 and are waiting for their results.`;

const KEPT = 'People who have been invited stay invited.';
const LATER = 'To continue later, upload the file again.';

export const importEn = {
  views: {
    '': 'Progress',
    review: 'Review',
    pairs: 'Invitations',
    groups: 'Groups',
    history: 'History',
  },
  viewsOf: 'Views of this import',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  cancelQuestion: (sent: number) =>
    sent === 0
      ? `Cancel this import? ${KEPT} No one else will be invited. ${LATER}`
      : `Cancel this import? ${KEPT} ${invitations(sent)} already sent to Bitrix24 may still go through. No one else will be invited. ${LATER}`,
  yesCancel: 'Cancel import',
  no: 'Go back',
  now: {
    starting: 'Starting…',
    running: state.running.meaning,
    pausing: (n: number) => `Pausing… ${inFlight(n)} Nothing else is sent until you resume.`,
    paused: `Paused. ${state.paused.meaning}`,
    finished: (time: string | null) => (time === null ? 'Finished.' : `Finished in ${time}.`),
    cancelling: (n: number) => `Cancelling… ${inFlight(n)} Nothing else is sent.`,
    cancelled: (time: string | null) =>
      time === null
        ? 'Cancelled. Nothing more is sent.'
        : `Cancelled after ${time}. Nothing more is sent.`,
  },
  perMinute: (n: number) => `${n.toLocaleString(localeOf('en'))} processed per minute.`,
  left: (time: string) => `About ${time} left.`,
  continuesAt: (time: string) => `Continues at ${time}.`,
  nextAttempt: (time: string) => `Next attempt at ${time}.`,
  waitingFor: {
    requests: 'Bitrix24’s request limit is reached.',
    operating: 'Bitrix24’s limit for invitations in ten minutes is reached.',
    hold: 'Bitrix24 is not accepting invitations.',
    redis: 'Redis does not respond. Check that it is running.',
    groups: 'Only groups with errors are left (see above).',
    import: 'Waiting for another import that is sending the same invitations.',
  },
  waitingGroupsTitle: (n: number) =>
    `${counted(n, 'group has an error and is', 'groups have errors and are')} retried; the others continue`,
  waitingGroup: (group: string, step: 'read' | 'invite', since: string) =>
    step === 'read'
      ? `Results of invitations to ${group} cannot be read since ${since}.`
      : `No one can be invited to ${group} since ${since}.`,
  waitingGroupError: (said: string) => `Bitrix24 answered: ${said}.`,
  waitingGroupNext: (time: string) => `Next attempt at ${time}.`,
  waitingGroupDue: 'The next attempt is due now.',
  group: (id: number, name: string | null) =>
    name === null ? `group ${id}` : `${name} (group ${id})`,
  doneOf: (done: string, all: string, percent: string) =>
    `${done} of ${all} processed (${percent})`,
  holdTitle: 'Bitrix24 is not accepting invitations',
  holdTries: (n: number) => (n === 0 ? '' : `Retried ${counted(n, 'time', 'times')}. `),
  holdNext: (time: string) => `Next attempt at ${time}.`,
  holdDue: 'The next attempt is due now.',
  holdTried: 'Trying again now…',
  tryNow: 'Try now',
  rateTitle: 'Invitations per minute',
  rateNone: 'No invitations yet.',
  rateSummary: (most: string, from: string, to: string) =>
    `Invitations per minute from ${from} to ${to}, at most ${most}`,
  message: 'Invitation message',
  reasonsTitle: 'Results',
  show: 'Show',
  download: 'Download',
  downloadAll: 'Download results (CSV)',
  retry: (n: string) => `Retry (${n})`,
  retryAll: (n: string) => `Retry all (${n})`,
};
