import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from 'kysely';
import { isBusy } from '../../domain/errors/sqlite-busy.ts';
import { type Clock, SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import { createPrivateFile, makePrivate } from '../../platform/private-files.ts';
import { fold } from '../db/fold-text.ts';
import type { SchemaParts } from '../db/schema.ts';
import { BEGIN, BUSY_TIMEOUT_MS, BusyTimeout } from './busy-timeout.ts';

/** How long a process works on its ledger before it yields to other tasks, in milliseconds. */
const LONGEST_TURN_MS = 10;

/** Enough for every query of the program, so that each statement is compiled only once. */
const STATEMENT_CACHE = 200;

export const SQLITE_PARTS: SchemaParts = {
  serialType: 'integer',
  bytesType: 'blob',
  serialKey: (column) => column.primaryKey().autoIncrement(),
  clusteredTable: sql`without rowid`,
  json: { array: 'json_array', object: 'json_object' },
  ownSchema: async () => undefined,
};

/**
 * Dialect for a ledger in a SQLite file, through `node:sqlite`.
 *
 * A committed outcome survives a power cut (`synchronous=FULL`), readers never wait (WAL), and a
 * transaction takes the write lock at its beginning, so that it cannot fail halfway because of another
 * process's commit.
 *
 * @param path file name, created when missing; only its owner may read it
 * @param unsafeWithoutSync see `LedgerOptions`
 * @param clock source of `ledgerNow`
 */
export function sqliteDialect(
  path: string,
  unsafeWithoutSync = false,
  clock: Clock = SYSTEM_CLOCK,
): Dialect {
  const database = async () => openFile(path, unsafeWithoutSync, clock);
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: (): Driver => new ImmediateDriver({ database }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class TransactionalAdapter extends SqliteAdapter {
  /** SQLite rolls schema changes back with the transaction; a failed migration leaves nothing. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDriver extends SqliteDriver {
  #lastTurn = 0;

  override async acquireConnection(): Promise<DatabaseConnection> {
    // SQLite answers synchronously: without this, a caller that reads page by page blocks all others.
    if (performance.now() - this.#lastTurn > LONGEST_TURN_MS) {
      await setImmediate();
      this.#lastTurn = performance.now();
    }
    return super.acquireConnection();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }

  /** A full disk makes SQLite roll back by itself; that must not hide the original error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('no transaction is active')))
        throw error;
    });
  }
}

function openFile(path: string, unsafeWithoutSync: boolean, clock: Clock): SqliteDatabase {
  restrictToOwner(path);
  const file = new DatabaseSync(path, {
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  });
  file.function('ledger_now', () => clock.now());
  file.function('fold_text', { deterministic: true }, (text) =>
    typeof text === 'string' ? fold(text) : null,
  );
  switchToWal(file);
  file.exec(`pragma synchronous = ${unsafeWithoutSync ? 'off' : 'full'}`);
  file.exec('pragma cache_size = -32768');
  // Checkpoints wait for the disk as well; the log can grow to 40 MB between them.
  file.exec('pragma wal_autocheckpoint = 10000');
  const busyTimeout = new BusyTimeout(file);
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare: (text) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement = busyTimeout.of(text, adapt(file.prepare(text)));
      const oldest = statements.size < STATEMENT_CACHE ? undefined : statements.keys().next();
      if (oldest?.done === false) statements.delete(oldest.value);
      statements.set(text, statement);
      return statement;
    },
  };
}

/** SQLite creates the log files with the mode of the ledger file, and reports a missing folder itself. */
function restrictToOwner(path: string): void {
  try {
    createPrivateFile(path);
    for (const suffix of ['-wal', '-shm']) makePrivate(path + suffix);
  } catch (error) {
    // SQLite reports a file that cannot be opened, and that error is explained.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}

/**
 * SQLite's busy_timeout does not cover this statement: when two processes open a new ledger at once,
 * the second fails with "locked" immediately.
 */
function switchToWal(file: DatabaseSync): void {
  const deadline = Date.now() + BUSY_TIMEOUT_MS;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      file.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...inputs(parameters)),
    run: (parameters) => statement.run(...inputs(parameters)),
    iterate: (parameters) => statement.iterate(...inputs(parameters)),
  };
}

function inputs(parameters: readonly unknown[]): readonly SQLInputValue[] {
  if (parameters.every(isInput)) return parameters;
  const wrong = parameters.find((value) => !isInput(value));
  throw new TypeError(`SQLite cannot store a value of type ${typeof wrong}`);
}

const isInput = (value: unknown): value is SQLInputValue =>
  typeof value === 'number' ||
  typeof value === 'string' ||
  typeof value === 'bigint' ||
  value === null ||
  value instanceof Uint8Array;
