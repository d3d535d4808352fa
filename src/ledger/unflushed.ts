import { PostgresAdapter, sql } from 'kysely';
import type { Db } from './schema.ts';

/**
 * Commits without waiting for the disk: for what a power cut may take back, because nobody who
 * relied on it lives after that. All other commits flush it along. Postgres waits nevertheless: its
 * clients share the wait.
 */
export async function unflushed<T>(db: Db, act: (db: Db) => Promise<T>): Promise<T> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return act(db);
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await act(connection);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}
