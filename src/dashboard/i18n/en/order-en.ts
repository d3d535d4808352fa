import { ORDER_WORDS_EN } from '../../../messages/en/order-words-en.ts';
import { counted } from '../counted.ts';

export const orderEn = {
  withdraw: {
    ...ORDER_WORDS_EN.withdraw,
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
  starting: 'Starting…',
  reading: (read: string, all: string) =>
    `Bitrix24 is being read: ${read} of ${all} invitations so far.`,
  typeNumber: (n: string) => `Type ${n} to confirm`,
  stop: 'Stop',
  close: 'Close',
  again: 'Read again',
  goesOn: 'You can close this window; the work continues.',
  willBe: (title: string, n: number) => `${title}: ${counted(n, 'invitation', 'invitations')}`,
};

export type OrderTexts = typeof orderEn;
