import { dirname } from 'node:path';
import { Kysely, type KyselyConfig } from 'kysely';
import { cannotBeShared } from '../../domain/errors/network-drive.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { problem } from '../../messages/problems.ts';
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
  /** Commits to a SQLite file do not wait for the disk; only for tests. @default false */
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
    throw problem('ledger_folder', { path: dirname(path) }, { cause });
  }
  const dialect = sqliteDialect(path, unsafeWithoutSync, clock);
  return open({ dialect }, SQLITE_PARTS, path);
}

/** Longest wait for a statement, in milliseconds; of a million rows the longest one took 0.3 s. */
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

/** @returns a Problem for what a person can fix about the ledger, any other error unchanged */
export function explainLedgerError(cause: unknown, ledger = ''): unknown {
  // Redis uses similar texts. Errors of Postgres are explained in the connection.
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_SQLITE_ERROR')) {
    return cause;
  }
  const said = cause.message;
  if (cannotBeShared(cause)) {
    return problem('ledger_on_network_drive', { ledger, said }, { cause });
  }
  if (/not a database|malformed/.test(said)) {
    return problem('ledger_damaged', { ledger }, { cause });
  }
  if (/unable to open|readonly|permission/i.test(said)) {
    return problem('ledger_unwritable', { ledger }, { cause });
  }
  if (/locked|busy/i.test(said)) {
    return problem('ledger_locked', { ledger }, { cause });
  }
  if (/full|disk i\/o/i.test(said)) {
    return problem('ledger_full', { ledger }, { cause });
  }
  return cause;
}
