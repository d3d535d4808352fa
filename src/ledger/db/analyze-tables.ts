import { PostgresAdapter, sql } from 'kysely';
import type { Db } from './schema.ts';

/**
 * Updates the statistics of Postgres after many pairs were added. Without them the planner estimates
 * a new import at a few rows, and reads all of it for each row of a chunk. SQLite's plans do not
 * depend on statistics.
 */
export async function analyzeTables(db: Db): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`analyze pairs, pair_keys`.execute(db);
}
