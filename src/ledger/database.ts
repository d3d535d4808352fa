import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Dialect, Kysely } from 'kysely';
import { Problem } from '../domain/problem.ts';
import { migrate } from './migrate.ts';
import type { Db, Schema, SchemaParts } from './schema.ts';
import { SQLITE_PARTS, sqliteDialect } from './sqlite.ts';

/**
 * Opens the ledger, creating or upgrading it first.
 *
 * @param path of the SQLite file; its folder is created when missing
 * @throws Problem when it cannot be opened, is no ledger, or was written by a newer program
 */
export async function openLedger(path: string): Promise<Db> {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    throw new Problem(
      `The folder ${dirname(path)} for the ledger cannot be created.`,
      'Check DATA_DIR and its permissions.',
      { cause },
    );
  }
  return open(sqliteDialect(path), SQLITE_PARTS, path);
}

async function open(dialect: Dialect, parts: SchemaParts, name: string): Promise<Db> {
  const db = new Kysely<Schema>({ dialect });
  try {
    await migrate(db, parts, name);
    return db;
  } catch (error) {
    await db.destroy().catch(() => {});
    throw explainLedgerError(error, name);
  }
}

/** @returns a Problem for what a person can mend about the ledger, anything else as it was */
export function explainLedgerError(error: unknown, name = 'the ledger'): unknown {
  // Redis fails in similar words; only what SQLite says is about the ledger.
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR')) {
    return error;
  }
  const text = error.message;
  if (/not a database|malformed/.test(text)) {
    return new Problem(
      `${name} is damaged or is not a ledger.`,
      'Restore it from a backup, or name another DATA_DIR.',
      { cause: error },
    );
  }
  if (/unable to open|readonly|permission/i.test(text)) {
    return new Problem(
      `${name} cannot be opened for writing.`,
      'Check DATA_DIR, its permissions and the space on the disk.',
      { cause: error },
    );
  }
  if (/locked|busy/i.test(text)) {
    return new Problem(
      `${name} is locked by another program.`,
      'End the program that holds it, or wait until it is done, and start again.',
      { cause: error },
    );
  }
  if (/full|disk i\/o/i.test(text)) {
    return new Problem(
      `The disk with ${name} is full or failing.`,
      'Make room and start again; what was recorded is safe.',
      { cause: error },
    );
  }
  return error;
}
