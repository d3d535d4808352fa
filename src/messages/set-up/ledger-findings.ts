import type { FindingEntry } from './entry.ts';

/** What is found in the ledger. */
export const LEDGER_FINDINGS = {
  ledger_opens: ['ok', '{engine} {version}: {place}', ''],
  ledger_none: ['ok', 'There is none yet at {place}; the first start creates it.', ''],
  ledger_current: ['ok', 'Its schema is this program’s: {step}', ''],
  ledger_empty: ['ok', 'The database is empty; the first start creates the tables.', ''],
  ledger_older: [
    'warning',
    'Its schema is older: {step}. The next start upgrades it, in {#steps} steps.',
    'Make a backup first: there is no way back.',
  ],
  ledger_sound: ['ok', 'No damage is found.', ''],
  ledger_damaged: [
    'failed',
    'SQLite finds damage: {said}',
    'Stop the program, keep a copy of DATA_DIR, and restore a backup with the command restore.',
  ],
  ledger_not_searched: [
    'skipped',
    'Not searched for damage: {#megabytes} MB take too long here.',
    'Use the command doctor.',
  ],
  ledger_on_server: ['ok', 'Postgres checks its files itself.', ''],
  ledger_writable: ['ok', 'It can be written.', ''],
  ledger_same_clock: ['ok', 'It uses the clock of this machine.', ''],
} as const satisfies Record<string, FindingEntry>;
