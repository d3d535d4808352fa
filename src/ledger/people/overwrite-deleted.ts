import { PostgresAdapter, sql } from 'kysely';
import type { Db } from '../db/schema.ts';

/**
 * From now on, SQLite overwrites what this connection deletes, instead of keeping it in the file until the
 * space is used again. Copies from before, such as those of a divided page, can stay until then. Postgres
 * removes deleted rows from its files by itself (VACUUM).
 */
export async function overwriteDeleted(db: Db): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return;
  await sql`pragma secure_delete = on`.execute(db);
}
