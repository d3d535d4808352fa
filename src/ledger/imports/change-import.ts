import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresAdapter } from 'kysely';
import { KeyedMutex } from '../db/keyed-mutex.ts';
import type { Db } from '../db/schema.ts';

/** The server has taken the transaction back, for it and another one stood in each other's way. */
const TAKEN_BACK: readonly unknown[] = ['40001', '40P01'];
const TRIES = 5;
/** Milliseconds before the next try, times the tries so far. */
const PAUSE_MS = 20;

/**
 * Changes an import's pairs, marks, chunks or tallies in one transaction. One at a time does that
 * to an import, whatever the processes: what `act` reads stays true until it has written, as long
 * as everybody goes this way. SQLite lets but one transaction write; Postgres would let others
 * write between any two statements, hence the import's row is locked first. Callers of this process
 * wait for that before they take a connection: a process has few, and all others need them meanwhile.
 *
 * Two imports may still meet at the key of `sent_pairs`, which all enter in its order. Should the
 * database nevertheless take a transaction back, `act` is run again, so it should change nothing
 * but the ledger. Within a transaction it becomes part of that.
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

/** By the connections that are shared, since each ledger has imports of its own. */
const mutexes = new WeakMap<Db, KeyedMutex<number>>();

function inTurn<T>(db: Db, importId: number, act: () => Promise<T>): Promise<T> {
  // On SQLite there is one connection, and its transactions are in turn anyway.
  if (!isOnPostgres(db)) return act();
  const mutex = mutexes.get(db) ?? new KeyedMutex();
  mutexes.set(db, mutex);
  return mutex.run(importId, act);
}

const isOnPostgres = (db: Db): boolean => db.getExecutor().adapter instanceof PostgresAdapter;

async function lockAndAct<T>(tx: Db, importId: number, act: (tx: Db) => Promise<T>): Promise<T> {
  if (isOnPostgres(tx)) {
    // "No key": others may still refer to the import.
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
