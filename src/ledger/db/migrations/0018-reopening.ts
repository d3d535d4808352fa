import { type Kysely, sql } from 'kysely';

/**
 * What of a chunk a retry is still to put back in line, so that it need not do all in one
 * transaction; and where chunks are that have something to do, found without reading all others.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('chunks').addColumn('reopen', 'text').execute();
  await sql`create index chunks_to_reopen on chunks (import_id) where reopen is not null`.execute(
    db,
  );
  await sql`create index chunks_unsettled on chunks (import_id) where unsettled > 0`.execute(db);
}
