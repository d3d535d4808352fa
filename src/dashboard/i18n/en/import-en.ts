import { counted } from '../counted.ts';

const invitations = (n: number): string => counted(n, 'invitation', 'invitations');

const left = (n: number): string =>
  `${invitations(n)} left already; what came of ${n === 1 ? 'it' : 'them'} is not known yet.`;

export const importEn = {
  views: {
    '': 'Progress',
    review: 'Before the start',
    pairs: 'Invitations',
    groups: 'Groups',
    history: 'History',
  },
  viewsOf: 'Views of this import',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  cancelQuestion: (inFlight: number) =>
    inFlight === 0
      ? 'Cancel this import? Who is invited stays invited; nobody else will be. To go on later, hand the file in again.'
      : `Cancel this import? Who is invited stays invited, and ${invitations(inFlight)} that left already may still go out; nobody else will be invited. To go on later, hand the file in again.`,
  yesCancel: 'Yes, cancel it',
  no: 'No, leave it',
  now: {
    starting: 'Starting…',
    running: 'Invitations are going out.',
    pausing: (n: number) => `Pausing: ${left(n)} Nothing else leaves until you go on.`,
    paused: 'Paused. Nothing goes out until you go on.',
    finished: 'Everything has its outcome.',
    cancelling: (n: number) => `Cancelling: ${left(n)} Nothing else leaves.`,
    cancelled: 'Cancelled. Nothing more goes out.',
  },
  perMinute: (n: number) => `${counted(n, 'pair', 'pairs')} a minute now.`,
  left: (time: string) => `About ${time} left.`,
  waitingUntil: (time: string) => `Waiting for the portal until ${time}`,
  waitingFor: {
    requests: 'it takes only so many requests a second.',
    operating: 'it gives inviting only so many seconds in ten minutes, and they are used up.',
    hold: 'it is asked again then.',
    redis: 'Waiting for Redis, which does not answer; see how it is.',
    groups: 'the groups that are left are tried again then, see above.',
    import: 'Waiting for another import, which has the same invitations under way.',
  },
  waitingGroupsTitle: (n: number) =>
    n === 1
      ? 'One group waits; the others go on'
      : `${counted(n, 'group', 'groups')} wait; the others go on`,
  waitingGroup: (group: string, step: 'read' | 'invite', since: string) =>
    step === 'read'
      ? `What became of invitations into ${group} cannot be read since ${since}.`
      : `Nobody can be invited into ${group} since ${since}.`,
  waitingGroupSaid: (said: string) => `The portal says: ${said}.`,
  waitingGroupNext: (time: string) => `Next try at ${time}.`,
  waitingGroupDue: 'The next try is due now.',
  group: (id: number, name: string | null) =>
    name === null ? `group ${id}` : `${name} (group ${id})`,
  doneOf: (done: string, all: string, percent: string) =>
    `${done} of ${all} have their outcome (${percent})`,
  took: (time: string) => `It took ${time}.`,
  holdTitle: 'The portal takes no invitations',
  holdTries: (n: number) =>
    n === 0 ? 'Not tried again yet; ' : `${counted(n, 'try', 'tries')} since; `,
  holdNext: (time: string) => `the next one is at ${time}.`,
  asking: 'Asking the portal again now.',
  checkDue: 'It is time to ask the portal again.',
  holdDue: 'the next one is due now.',
  holdTried: 'the next one is going on now.',
  tryNow: 'Try now',
  rateTitle: 'Invitations per minute',
  rateNone: 'No invitation is recorded yet.',
  rateSummary: (most: string, from: string, to: string) =>
    `Invitations per minute from ${from} to ${to}, at most ${most}`,
  message: 'Invitation text',
  reasonsTitle: 'What came of it',
  show: 'Show these',
  download: 'Download these',
  downloadAll: 'Download everything (CSV)',
  retry: (n: string) => `Retry these ${n}`,
  retryAll: (n: string) => `Retry all ${n}`,
};
