import type { ProblemTable } from '../problem-templates.ts';

const SETTING = 'LEDGER_URL (postgres://USER:PASSWORD@HOST:5432/DATABASE)';
const SAFE = 'Free disk space and start again; recorded data is safe.';

/** The ledger's place, empty when it need not be shown. */
type Ledger = { ledger: string };
/** `said` is the server's own text. */
type Said = Ledger & { said: string };

/** @returns the name of a ledger in a file */
const name = ({ ledger }: Ledger) => ledger || 'the ledger';

export const ledgerProblemsEn = {
  ledger_damaged: (it: Ledger) => [
    `${name(it)} is damaged or is not a ledger.`,
    'Restore it from a backup, or set another DATA_DIR.',
  ],
  ledger_unwritable: (it: Ledger) => [
    `${name(it)} cannot be opened for writing.`,
    'Check DATA_DIR, its permissions and the free disk space.',
  ],
  ledger_locked: (it: Ledger) => [
    `${name(it)} is locked by another program.`,
    'Stop the program that uses it, or wait until it has finished, then start again.',
  ],
  ledger_full: (it: Ledger) => [`The disk with ${name(it)} is full or failing.`, SAFE],
  ledger_on_network_drive: (it: Said) => [
    `${name(it)} is on a network drive, or another that processes cannot share (${it.said}).`,
    'Set DATA_DIR to a folder on a local disk, or LEDGER_URL to a Postgres database.',
  ],
  ledger_unreachable: ({ ledger, said }: Said) => [
    `The ledger ${ledger} cannot be reached (${said}).`,
    `Check that Postgres is running there, the network, and ${SETTING}; recorded data is safe.`,
  ],
  ledger_crowded: ({ ledger }: Ledger) => [
    `The ledger ${ledger} has no free connections.`,
    "Raise Postgres's max_connections (a process takes up to ten), or stop other programs.",
  ],
  ledger_refusing: ({ ledger, said }: Said) => [
    `The ledger ${ledger} refuses the login (${said}).`,
    `Check the user and the password in ${SETTING}, and the server's pg_hba.conf.`,
  ],
  ledger_forbidding: ({ ledger, said }: Said) => [
    `The ledger ${ledger} denies a required permission (${said}).`,
    'Make the user the owner of the database, or grant it all privileges on the schema and its tables.',
  ],
  ledger_missing: ({ ledger }: Ledger) => [
    `The database of the ledger ${ledger} does not exist.`,
    `Create it (createdb), or name another one in ${SETTING}.`,
  ],
  ledger_read_only: ({ ledger }: Ledger) => [
    `The ledger ${ledger} is read-only: the server is a standby, or is set to read-only.`,
    'Name the primary server in LEDGER_URL.',
  ],
  ledger_disk_full: ({ ledger }: Ledger) => [`The disk with the ledger ${ledger} is full.`, SAFE],
  ledger_failing: ({ ledger, said }: Said) => [
    `The server of the ledger ${ledger} reports an error (${said}).`,
    "See the server's log.",
  ],
} satisfies ProblemTable;
