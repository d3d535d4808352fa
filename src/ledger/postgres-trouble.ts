import { DatabaseError } from 'pg';
import { Problem } from '../domain/problem.ts';
import { LedgerUnreachable } from './unreachable.ts';

type Explain = (name: string, said: string) => Problem;

const SETTING = 'LEDGER_URL (postgres://USER:PASSWORD@HOST:5432/DATABASE)';

const unreachable: Explain = (name, said) =>
  new LedgerUnreachable(
    `The ledger ${name} cannot be reached (${said}).`,
    `Check that Postgres runs there, the network, and ${SETTING}; nothing that was recorded is lost.`,
  );

const refused: Explain = (name, said) =>
  new Problem(
    `The ledger ${name} does not let us in (${said}).`,
    `Check the user and the password in ${SETTING}, and the server's pg_hba.conf.`,
  );

const noRights: Explain = (name, said) =>
  new Problem(
    `The ledger ${name} does not allow what is needed (${said}).`,
    'Let the user own the database, or grant it all on the schema and its tables.',
  );

/** What a person can mend, by SQLSTATE: the whole code, or its class. */
const BY_STATE: Readonly<Record<string, Explain>> = {
  '08': unreachable,
  '57P01': unreachable,
  '57P02': unreachable,
  '57P03': unreachable,
  '57P05': unreachable,
  // We were silent too long in a transaction.
  '25P03': unreachable,
  '28': refused,
  '42501': noRights,
  '3F000': noRights,
  '3D': (name) =>
    new Problem(
      `The server has no database for the ledger ${name}.`,
      `Create it (createdb), or name another one in ${SETTING}.`,
    ),
  '25006': (name) =>
    new Problem(
      `The ledger ${name} can only be read: that server is a standby, or was set so.`,
      'Name the primary server in LEDGER_URL.',
    ),
  '53100': (name) =>
    new Problem(
      `The disk with the ledger ${name} is full.`,
      'Make room and start again; what was recorded is safe.',
    ),
  '53300': (name) =>
    new LedgerUnreachable(
      `The ledger ${name} has no connection left.`,
      "Raise Postgres's max_connections (a process takes up to ten), or end other programs.",
    ),
  '58': (name, said) =>
    new Problem(`The server of the ledger ${name} is failing (${said}).`, "See the server's log."),
};

/**
 * @param when `connecting`: whatever goes wrong then can be mended
 * @returns a Problem for what a person can mend, anything else as it was
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

/** What `pg` and the system say when there is no answer of the server's. */
function byWords(error: Error): Explain | undefined {
  if (/^SASL|password/i.test(error.message)) return refused;
  const isLost =
    'syscall' in error || /^Connection terminated|not queryable|timeout/i.test(error.message);
  return isLost ? unreachable : undefined;
}

/** Several addresses of one host fail together, without a word of their own. */
const wordsOf = (error: Error): string =>
  error.message || ('code' in error ? String(error.code) : error.name);
