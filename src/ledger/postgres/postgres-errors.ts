import { DatabaseError } from 'pg';
import { Problem } from '../../domain/errors/problem.ts';
import { LedgerUnreachable } from '../db/ledger-unreachable.ts';

type Explain = (ledger: string, said: string) => Problem;

const SETTING = 'LEDGER_URL (postgres://USER:PASSWORD@HOST:5432/DATABASE)';

const unreachable: Explain = (ledger, said) =>
  new LedgerUnreachable(
    `The ledger ${ledger} cannot be reached (${said}).`,
    `Check that Postgres runs there, the network, and ${SETTING}; nothing that was recorded is lost.`,
    { coded: { code: 'ledger_unreachable', params: { ledger, said } } },
  );

const refused: Explain = (ledger, said) =>
  new Problem(
    `The ledger ${ledger} does not let us in (${said}).`,
    `Check the user and the password in ${SETTING}, and the server's pg_hba.conf.`,
    { coded: { code: 'ledger_refusing', params: { ledger, said } } },
  );

const noRights: Explain = (ledger, said) =>
  new Problem(
    `The ledger ${ledger} does not allow what is needed (${said}).`,
    'Let the user own the database, or grant it all on the schema and its tables.',
    { coded: { code: 'ledger_forbidding', params: { ledger, said } } },
  );

/** Errors that a person can fix, by SQLSTATE: the whole code, or its class. */
const BY_STATE: Readonly<Record<string, Explain>> = {
  '08': unreachable,
  '57P01': unreachable,
  '57P02': unreachable,
  '57P03': unreachable,
  '57P05': unreachable,
  // This process was idle too long in a transaction.
  '25P03': unreachable,
  '28': refused,
  '42501': noRights,
  '3F000': noRights,
  '3D': (ledger) =>
    new Problem(
      `The server has no database for the ledger ${ledger}.`,
      `Create it (createdb), or name another one in ${SETTING}.`,
      { coded: { code: 'ledger_missing', params: { ledger } } },
    ),
  '25006': (ledger) =>
    new Problem(
      `The ledger ${ledger} can only be read: that server is a standby, or was set so.`,
      'Name the primary server in LEDGER_URL.',
      { coded: { code: 'ledger_read_only', params: { ledger } } },
    ),
  '53100': (ledger) =>
    new Problem(
      `The disk with the ledger ${ledger} is full.`,
      'Make room and start again; what was recorded is safe.',
      { coded: { code: 'ledger_full', params: { ledger } } },
    ),
  '53300': (ledger) =>
    new LedgerUnreachable(
      `The ledger ${ledger} has no connection left.`,
      "Raise Postgres's max_connections (a process takes up to ten), or end other programs.",
      { coded: { code: 'ledger_crowded', params: { ledger } } },
    ),
  '58': (ledger, said) =>
    new Problem(
      `The server of the ledger ${ledger} is failing (${said}).`,
      "See the server's log.",
      { coded: { code: 'ledger_failing', params: { ledger, said } } },
    ),
};

/**
 * @param when `connecting`: any error then can be fixed
 * @returns a Problem for what a person can fix, any other error unchanged
 */
export function explainPostgresError(
  error: unknown,
  name: string,
  when: 'connecting' | 'at work',
): unknown {
  if (!(error instanceof Error)) return error;
  const known = error instanceof DatabaseError ? byState(error.code) : byWords(error);
  const explain = known ?? (when === 'connecting' ? unreachable : undefined);
  const problem = explain?.(name, wordsOf(error));
  if (problem !== undefined) problem.cause = error;
  return problem ?? error;
}

const byState = (code = ''): Explain | undefined => BY_STATE[code] ?? BY_STATE[code.slice(0, 2)];

/** Classifies errors of `pg` and of the system that occur without an answer from the server. */
function byWords(error: Error): Explain | undefined {
  if (/^SASL|password/i.test(error.message)) return refused;
  const isLost =
    'syscall' in error || /^Connection terminated|not queryable|timeout/i.test(error.message);
  return isLost ? unreachable : undefined;
}

/** When several addresses of one host fail together, the error has a code but no message. */
const wordsOf = (error: Error): string =>
  error.message || ('code' in error ? String(error.code) : error.name);
