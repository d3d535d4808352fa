import { outcomesEn } from '../../../messages/en/outcomes-en.ts';
import { counted } from '../counted.ts';
import { localeOf } from '../locale.ts';

const { state } = outcomesEn;

const invitations = (n: number): string => counted(n, 'invitation', 'invitations');

function inFlight(n: number): string {
  if (n === 0) return '';
  return n === 1
    ? '1 invitation has already been sent to Bitrix24 and is waiting for its result. '
    : `${invitations(n)} have already been sent to Bitrix24 and are waiting for their results. `;
}

function leftOut(n: number): string {
  if (n === 0) return '';
  const reasons = n === 1 ? 'the reason is' : 'the reasons are';
  return `Bitrix24 did not send out ${invitations(n)}; ${reasons} still being looked up. `;
}

const KEPT = 'People who have been invited stay invited.';
const LATER = 'You can invite the rest later.';

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
    /** `left`: pairs that the answer did not name */
    pausing: (n: number, left: number) =>
      `Pausing… ${inFlight(n)}${leftOut(left)}Nothing else is sent until you resume.`,
    paused: `Paused. ${state.paused.meaning}`,
    cancelling: (n: number, left: number) =>
      `Cancelling… ${inFlight(n)}${leftOut(left)}Nothing else is sent.`,
    cancelled: 'Nothing more is sent.',
  },
  trying: (n: number) =>
    `Only the first ${invitations(n)} ${n === 1 ? 'is' : 'are'} sent now. The import pauses after that.`,
  tried: (n: number, invited: number, rest: number) =>
    `Tried with ${n}: ${invited} invited. Check the ${n === 1 ? 'result' : 'results'} in Bitrix24, then invite the other ${rest.toLocaleString(localeOf('en'))} or cancel.`,
  sendRest: (n: number) => `Invite the other ${n.toLocaleString(localeOf('en'))}`,
  perMinute: (n: number) => `${n.toLocaleString(localeOf('en'))} processed per minute.`,
  left: (time: string | null) => (time ? `About ${time} left.` : 'Less than a minute left.'),
  continuesAt: (time: string) => `Continues at ${time}.`,
  nextAttempt: (time: string) => `Next attempt at ${time}.`,
  waitingFor: {
    requests: 'Bitrix24’s request limit is reached.',
    operating: 'Bitrix24’s limit for invitations in ten minutes is reached.',
    hold: 'Bitrix24 is not accepting invitations.',
    redis: 'Redis does not respond. Check that it is running.',
    groups: 'Only groups with errors are left (see above).',
    import: 'Waiting for another import that is sending the same invitations.',
    quiet_hours: 'No invitations are sent in quiet hours.',
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
  progress: (invited: string, pending: string, percent: string) =>
    `${invited} invited, ${pending} to go (${percent})`,
  ended: {
    finished: (time: string | null) => (time === null ? 'Finished' : `Finished in ${time}`),
    cancelled: (time: string | null) => (time === null ? 'Cancelled' : `Cancelled after ${time}`),
  },
  invited: (n: string) => `${n} invited`,
  attention: (text: string, n: number) =>
    n === 1 ? `${text} needs your attention` : `${text} need your attention`,
  besides: 'Left out:',
  holdTitle: 'Bitrix24 is not accepting invitations',
  holdMeaning:
    'No one is being invited. Nothing is lost: imports continue automatically once Bitrix24 accepts invitations again.',
  holdAsk: 'Ask the administrator of your Bitrix24 or of this program to do this:',
  holdDetails: 'Technical details',
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
  switchedOff:
    'No one was invited, and Bitrix24 gives no reason. Workgroups may be switched off there: check the tools in its settings, then retry.',
  show: 'Show',
  download: 'Download',
  downloadAll: 'Download results (CSV)',
  retry: (n: string) => `Retry (${n})`,
  inviteRest: (n: string) => `Invite them now (${n})`,
  retrying: (invited: string, pairs: string) => `Retrying: ${invited} of ${pairs} invited so far.`,
  retried: (invited: string, pairs: string) => `Last retry: ${invited} of ${pairs} invited now.`,
  retryAll: (n: string) => `Retry all (${n})`,
};

export type ImportTexts = typeof importEn;
