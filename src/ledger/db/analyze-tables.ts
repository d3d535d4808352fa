import { PostgresAdapter, sql } from 'kysely';
import type { Db } from './schema.ts';

/**
 * Lets Postgres count the pairs after many have come: until it has, it takes a new import for a
 * handful of rows, and reads all of it for each row of a chunk. SQLite's plans do not depend on it.
 */
export async function analyzeTables(db: Db): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`analyze pairs, pair_keys`.execute(db);
}
