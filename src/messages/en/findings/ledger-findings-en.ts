import type { FindingEntry } from '../../finding-entry.ts';

/** What is found in the ledger. */
export const LEDGER_FINDINGS = {
  ledger_opens: ['ok', '{engine} {version}: {place}', ''],
  ledger_none: ['ok', 'No ledger yet at {place}; the first start creates it.', ''],
  ledger_current: ['ok', 'The schema is current: {step}', ''],
  ledger_empty: ['ok', 'The database is empty; the first start creates the tables.', ''],
  ledger_older: [
    'warning',
    'The schema is older: {step}. The next start upgrades it in {#steps} steps.',
    'Make a backup first: the upgrade cannot be undone.',
  ],
  ledger_sound: ['ok', 'No damage found.', ''],
  ledger_damaged: [
    'failed',
    'SQLite finds damage: {said}',
    'Stop the program, keep a copy of DATA_DIR, and restore a backup with the command restore.',
  ],
  ledger_not_searched: [
    'skipped',
    'Not checked for damage: {#megabytes} MB take too long here.',
    'Run the command doctor.',
  ],
  ledger_on_server: ['ok', 'Postgres checks its files itself.', ''],
  ledger_writable: ['ok', 'The ledger is writable.', ''],
  ledger_same_clock: ['ok', 'It uses the clock of this machine.', ''],
} as const satisfies Record<string, FindingEntry>;
