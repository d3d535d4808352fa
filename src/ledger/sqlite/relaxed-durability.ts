import { PostgresAdapter, sql } from 'kysely';
import type { Db } from '../db/schema.ts';

/** What `pragma synchronous` answers where a commit waits for the disk. */
const FULL = 2;

/**
 * Commits without waiting for the disk: for what a power cut may take back, because nobody who
 * relied on it lives after that. All other commits flush it along. Postgres waits nevertheless: its
 * clients share the wait.
 */
export async function unflushed<T>(db: Db, act: (db: Db) => Promise<T>): Promise<T> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return act(db);
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(connection);
    if (rows[0]?.synchronous !== FULL) return act(connection);
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await act(connection);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}
