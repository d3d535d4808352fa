import type { FindingEntry } from './entry.ts';

/** What any check may find. */
export const GENERAL_FINDINGS = {
  problem: ['failed', '{said}', '{remedy}'],
  /** `needs` is another check. */
  not_checked: ['skipped', 'Not checked: see {needs}.', ''],
  check_failed: [
    'failed',
    'The check itself failed: {said}',
    'This is a bug: please report it together with this output.',
  ],
  no_answer: [
    'failed',
    'There is no answer within {#seconds} seconds.',
    'Check that it runs, and that the network lets it through.',
  ],
  clock_agrees: ['ok', 'Its clock and this machine’s agree within {#seconds} s.', ''],
  clock_ahead: [
    'warning',
    'Its clock is {#seconds} s ahead of this machine’s.',
    'Set the clock of this machine by a time server (NTP).',
  ],
  clock_behind: [
    'warning',
    'Its clock is {#seconds} s behind this machine’s.',
    'Set the clock of this machine by a time server (NTP).',
  ],
} as const satisfies Record<string, FindingEntry>;
