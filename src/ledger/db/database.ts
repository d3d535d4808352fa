import { dirname } from 'node:path';
import { Kysely, type KyselyConfig } from 'kysely';
import { cannotBeShared } from '../../domain/errors/network-drive.ts';
import { Problem, type ProblemOptions } from '../../domain/errors/problem.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { makeFolder } from '../../platform/private-files.ts';
import type { PostgresLimits } from '../postgres/postgres-pool.ts';
import { isPostgresUrl, showPostgresUrl } from '../postgres/postgres-url.ts';
import { SQLITE_PARTS, sqliteDialect } from '../sqlite/sqlite.ts';
import { migrate } from './migrate.ts';
import type { Db, Schema, SchemaParts } from './schema.ts';

export interface LedgerOptions {
  /** Time limits of a Postgres ledger. @default a minute for a statement */
  limits?: PostgresLimits | undefined;
  /** Clock of a SQLite ledger; a Postgres server has its own. @default SYSTEM_CLOCK */
  clock?: Clock | undefined;
  /**
   * Only for tests that do not depend on durability: commits to a SQLite file do not wait for the disk,
   * and a power cut can damage the file. @default false
   */
  unsafeWithoutSync?: boolean;
}

/**
 * Opens the ledger, creating or upgrading it first.
 *
 * @param place path of the SQLite file (its folder is created when missing), or the URL of a
 * Postgres database
 * @throws Problem when it cannot be opened, is not a ledger, or was written by a newer program
 */
export async function openLedger(place: string, options: LedgerOptions = {}): Promise<Db> {
  return isPostgresUrl(place) ? openPostgres(place, options.limits) : openSqlite(place, options);
}

async function openSqlite(path: string, { unsafeWithoutSync, clock }: LedgerOptions): Promise<Db> {
  try {
    makeFolder(dirname(path));
  } catch (cause) {
    throw new Problem(
      `The folder ${dirname(path)} for the ledger cannot be created.`,
      'Check DATA_DIR, its permissions and the free disk space.',
      { cause },
    );
  }
  const dialect = sqliteDialect(path, unsafeWithoutSync, clock);
  return open({ dialect }, SQLITE_PARTS, path);
}

/**
 * Longest wait for the answer to a statement, in milliseconds. The longest one of an import of a million
 * rows took 0.3 s; a statement without an answer for so long is on a connection that is lost.
 */
const QUERY_MS = 60_000;

async function openPostgres(url: string, limits: PostgresLimits = {}): Promise<Db> {
  // Loading the driver takes longer than opening a file, and most installations do not need it.
  const { POSTGRES_PARTS, POSTGRES_PLUGINS, postgresDialect } = await import(
    '../postgres/postgres.ts'
  );
  const name = showPostgresUrl(url);
  const config = { dialect: postgresDialect(url, name, limits), plugins: POSTGRES_PLUGINS };
  const db = await open(config, POSTGRES_PARTS, name);
  // A migration of a large ledger takes as long as it takes.
  limits.queryMs ??= QUERY_MS;
  return db;
}

async function open(config: KyselyConfig, parts: SchemaParts, name: string): Promise<Db> {
  const db = new Kysely<Schema>(config);
  try {
    await migrate(db, parts, name);
    return db;
  } catch (error) {
    await db.destroy().catch(() => {});
    throw explainLedgerError(error, name);
  }
}

type SqliteProblem =
  | 'ledger_on_network_drive'
  | 'ledger_damaged'
  | 'ledger_unwritable'
  | 'ledger_locked'
  | 'ledger_full';

/**
 * @param ledger name of the ledger, where there can be several
 * @returns a Problem for what a person can fix about the ledger, any other error unchanged
 */
export function explainLedgerError(error: unknown, ledger = ''): unknown {
  // Redis uses similar error texts; only SQLite's errors concern the ledger. Errors of Postgres are
  // explained in the connection.
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR')) {
    return error;
  }
  const text = error.message;
  const name = ledger || 'the ledger';
  const options = (code: SqliteProblem): ProblemOptions => ({
    cause: error,
    coded: { code, params: { ledger } },
  });
  if (cannotBeShared(error)) {
    return new Problem(
      `${name} is on a network drive, or another that processes cannot share (${text}).`,
      'Set DATA_DIR to a folder on a local disk, or LEDGER_URL to a Postgres database.',
      options('ledger_on_network_drive'),
    );
  }
  if (/not a database|malformed/.test(text)) {
    return new Problem(
      `${name} is damaged or is not a ledger.`,
      'Restore it from a backup, or set another DATA_DIR.',
      options('ledger_damaged'),
    );
  }
  if (/unable to open|readonly|permission/i.test(text)) {
    return new Problem(
      `${name} cannot be opened for writing.`,
      'Check DATA_DIR, its permissions and the free disk space.',
      options('ledger_unwritable'),
    );
  }
  if (/locked|busy/i.test(text)) {
    return new Problem(
      `${name} is locked by another program.`,
      'Stop the program that uses it, or wait until it has finished, then start again.',
      options('ledger_locked'),
    );
  }
  if (/full|disk i\/o/i.test(text)) {
    return new Problem(
      `The disk with ${name} is full or failing.`,
      'Free disk space and start again; recorded data is safe.',
      options('ledger_full'),
    );
  }
  return error;
}
