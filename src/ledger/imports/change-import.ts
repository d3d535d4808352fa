import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresAdapter } from 'kysely';
import { KeyedMutex } from '../db/keyed-mutex.ts';
import type { Db } from '../db/schema.ts';

/** SQLSTATEs of a transaction that was rolled back: serialization failure and deadlock. */
const TAKEN_BACK: readonly unknown[] = ['40001', '40P01'];
const TRIES = 5;
/** Milliseconds before the next try, times the tries so far. */
const PAUSE_MS = 20;

/**
 * Changes an import's pairs, marks, chunks or tallies in one transaction. Such transactions on one import
 * run one at a time, over all processes: what `act` reads stays true until it has written, while every
 * writer uses this function. SQLite allows only one writing transaction. Postgres allows other writes
 * between any two statements, so the import's row is locked first. Callers in this process wait for that
 * lock before they take a connection, because a process has few connections.
 *
 * Two imports can still conflict on the key of `sent_pairs`, where all rows are inserted in the key's
 * order. When the database nevertheless rolls a transaction back, `act` runs again, so it must change
 * nothing but the ledger. Inside a transaction, the change becomes part of it.
 */
export async function changeImport<T>(
  db: Db,
  importId: number,
  act: (tx: Db) => Promise<T>,
): Promise<T> {
  if (db.isTransaction) return lockAndAct(db, importId, act);
  for (let tries = 1; ; tries++) {
    try {
      return await inTurn(db, importId, () =>
        db.transaction().execute((tx) => lockAndAct(tx, importId, act)),
      );
    } catch (error) {
      if (tries === TRIES || !wasTakenBack(error)) throw error;
      await sleep(PAUSE_MS * tries);
    }
  }
}

/** Per ledger connection, because each ledger has its own imports. */
const mutexes = new WeakMap<Db, KeyedMutex<number>>();

function inTurn<T>(db: Db, importId: number, act: () => Promise<T>): Promise<T> {
  // SQLite has one connection, so its transactions run one at a time anyway.
  if (!isOnPostgres(db)) return act();
  const mutex = mutexes.get(db) ?? new KeyedMutex();
  mutexes.set(db, mutex);
  return mutex.run(importId, act);
}

const isOnPostgres = (db: Db): boolean => db.getExecutor().adapter instanceof PostgresAdapter;

async function lockAndAct<T>(tx: Db, importId: number, act: (tx: Db) => Promise<T>): Promise<T> {
  if (isOnPostgres(tx)) {
    // "No key": other transactions can still insert references to the import.
    await tx
      .selectFrom('imports')
      .select('id')
      .where('id', '=', importId)
      .forNoKeyUpdate()
      .execute();
  }
  return act(tx);
}

const wasTakenBack = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && TAKEN_BACK.includes(error.code);
