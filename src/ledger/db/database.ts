import { dirname } from 'node:path';
import { Kysely, type KyselyConfig } from 'kysely';
import { cannotBeShared } from '../../domain/errors/network-drive.ts';
import { Problem, type ProblemOptions } from '../../domain/errors/problem.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { makeFolder } from '../../platform/private-files.ts';
import type { SilenceOptions } from '../postgres/postgres-keepalive.ts';
import { isPostgresUrl, showPostgresUrl } from '../postgres/postgres-url.ts';
import { SQLITE_PARTS, sqliteDialect } from '../sqlite/sqlite.ts';
import { migrate } from './migrate.ts';
import type { Db, Schema, SchemaParts } from './schema.ts';

export interface LedgerOptions {
  /** When a Postgres server counts as lost. */
  silence?: SilenceOptions | undefined;
  /** Of a SQLite ledger; a Postgres server has its own. @default SYSTEM_CLOCK */
  clock?: Clock | undefined;
  /**
   * Only for tests of something else: no commit to a SQLite file waits for the disk, and a power cut
   * may damage the file. @default false
   */
  unsafeWithoutSync?: boolean;
}

/**
 * Opens the ledger, creating or upgrading it first.
 *
 * @param place path of the SQLite file, whose folder is created when missing; or the URL of a
 * Postgres database
 * @throws Problem when it cannot be opened, is no ledger, or was written by a newer program
 */
export async function openLedger(place: string, options: LedgerOptions = {}): Promise<Db> {
  return isPostgresUrl(place) ? openPostgres(place, options.silence) : openSqlite(place, options);
}

async function openSqlite(path: string, { unsafeWithoutSync, clock }: LedgerOptions): Promise<Db> {
  try {
    makeFolder(dirname(path));
  } catch (cause) {
    throw new Problem(
      `The folder ${dirname(path)} for the ledger cannot be created.`,
      'Check DATA_DIR, its permissions and the space on the disk.',
      { cause },
    );
  }
  const dialect = sqliteDialect(path, unsafeWithoutSync, clock);
  return open({ dialect }, SQLITE_PARTS, path);
}

async function openPostgres(url: string, silence?: SilenceOptions): Promise<Db> {
  // Loading it takes longer than opening a file, and most do without.
  const { POSTGRES_PARTS, POSTGRES_PLUGINS, postgresDialect } = await import(
    '../postgres/postgres.ts'
  );
  const name = showPostgresUrl(url);
  const config = { dialect: postgresDialect(url, name, silence), plugins: POSTGRES_PLUGINS };
  return open(config, POSTGRES_PARTS, name);
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
 * @param ledger which one, where several may be meant
 * @returns a Problem for what a person can mend about the ledger, anything else as it was
 */
export function explainLedgerError(error: unknown, ledger = ''): unknown {
  // Redis fails in similar words; only what SQLite says is about the ledger. What Postgres says is
  // explained where it is heard.
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
      `${name} lies on a network drive, or another that processes cannot share (${text}).`,
      'Set DATA_DIR to a folder on a local disk, or LEDGER_URL to a Postgres database.',
      options('ledger_on_network_drive'),
    );
  }
  if (/not a database|malformed/.test(text)) {
    return new Problem(
      `${name} is damaged or is not a ledger.`,
      'Restore it from a backup, or name another DATA_DIR.',
      options('ledger_damaged'),
    );
  }
  if (/unable to open|readonly|permission/i.test(text)) {
    return new Problem(
      `${name} cannot be opened for writing.`,
      'Check DATA_DIR, its permissions and the space on the disk.',
      options('ledger_unwritable'),
    );
  }
  if (/locked|busy/i.test(text)) {
    return new Problem(
      `${name} is locked by another program.`,
      'End the program that holds it, or wait until it is done, and start again.',
      options('ledger_locked'),
    );
  }
  if (/full|disk i\/o/i.test(text)) {
    return new Problem(
      `The disk with ${name} is full or failing.`,
      'Make room and start again; what was recorded is safe.',
      options('ledger_full'),
    );
  }
  return error;
}
