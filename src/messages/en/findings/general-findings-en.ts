import type { FindingEntry } from '../../finding-entry.ts';

/** What any check may find. */
export const GENERAL_FINDINGS = {
  problem: ['failed', '{said}', '{remedy}'],
  /** `needs` is another check. */
  not_checked: ['skipped', 'Not checked: see {needs}.', ''],
  check_failed: [
    'failed',
    'The check itself failed: {said}',
    'This is a bug: report it together with this output.',
  ],
  no_answer: [
    'failed',
    'No answer within {#seconds} seconds.',
    'Check that it is running and that the network allows the connection.',
  ],
  clock_agrees: ['ok', 'Its clock differs from this machine’s by at most {#seconds} s.', ''],
  clock_ahead: [
    'warning',
    'Its clock is {#seconds} s ahead of this machine’s.',
    'Synchronize the clock of this machine with a time server (NTP).',
  ],
  clock_behind: [
    'warning',
    'Its clock is {#seconds} s behind this machine’s.',
    'Synchronize the clock of this machine with a time server (NTP).',
  ],
} as const satisfies Record<string, FindingEntry>;
