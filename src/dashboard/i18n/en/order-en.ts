import { ORDER_WORDS_EN } from '../../../messages/en/order-words-en.ts';
import { counted } from '../counted.ts';

export const orderEn = {
  withdraw: {
    ...ORDER_WORDS_EN.withdraw,
    of: (title: string, n: number) => `${title}: ${counted(n, 'invitation', 'invitations')}`,
    button: 'Withdraw invitations',
    title: 'Withdraw pending invitations',
    explain:
      'Only invitations that this import has sent and that have not been answered are withdrawn.',
    nothing: 'There is no invitation to withdraw.',
    start: (n: string) => `Withdraw ${n}`,
    running: (done: string, all: string) => `Withdrawing: ${done} of ${all} are done.`,
    finished: 'The withdrawal is finished.',
    stopped: 'The withdrawal was stopped.',
  },
  remind: {
    ...ORDER_WORDS_EN.remind,
    of: (title: string, n: number) => `${title}: ${counted(n, 'person', 'people')}`,
    button: 'Send reminders',
    title: 'Remind people of their invitations',
    explain:
      'People with a pending invitation of this import get one notification each in Bitrix24, in the name of the webhook’s user.',
    nothing: 'There is no one to remind.',
    start: (n: string) => `Remind ${n}`,
    running: (done: string, all: string) => `Reminding: ${done} of ${all} are done.`,
    finished: 'The reminders were sent.',
    stopped: 'The reminders were stopped.',
  },
  message: 'Text of the reminder',
  preview: 'Preview',
  starting: 'Starting…',
  reading: (read: string, all: string) =>
    `Bitrix24 is being read: ${read} of ${all} invitations so far.`,
  typeNumber: (n: string) => `Type ${n} to confirm`,
  stop: 'Stop',
  close: 'Close',
  again: 'Read again',
  goesOn: 'You can close this window; the work continues.',
};

export type OrderTexts = typeof orderEn;
