import { DatabaseError } from 'pg';
import type { Problem } from '../../domain/errors/problem.ts';
import { problem, problemOf } from '../../messages/problems.ts';
import { LedgerUnreachable } from '../db/ledger-unreachable.ts';

type Explain = (ledger: string, said: string) => Problem;

const unreachable: Explain = (ledger, said) =>
  new LedgerUnreachable(...problemOf('ledger_unreachable', { ledger, said }));

const refused: Explain = (ledger, said) => problem('ledger_refusing', { ledger, said });

const noRights: Explain = (ledger, said) => problem('ledger_forbidding', { ledger, said });

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
  '3D': (ledger) => problem('ledger_missing', { ledger }),
  '25006': (ledger) => problem('ledger_read_only', { ledger }),
  '53100': (ledger) => problem('ledger_disk_full', { ledger }),
  '53300': (ledger) => new LedgerUnreachable(...problemOf('ledger_crowded', { ledger })),
  '58': (ledger, said) => problem('ledger_failing', { ledger, said }),
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
