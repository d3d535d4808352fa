import { type Kysely, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/**
 * Retries with their results; each pair has the retry that set it to pending last. Audit entries of holds
 * have their portal, so that they can be shown with its imports. Imports can be archived.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('retries')
    .addColumn('id', parts.serialType, parts.serialKey)
    .addColumn('import_id', 'integer', (column) =>
      column.notNull().references('imports.id').onDelete('cascade'),
    )
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('is_part', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('pairs', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('invited', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('ended_at', 'bigint')
    .execute();
  await db.schema
    .createTable('retry_pairs')
    .addColumn('import_id', 'integer', (column) => column.notNull())
    .addColumn('retry_id', 'integer', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('retry_pairs_once', ['import_id', 'retry_id', 'seq'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`create index retries_of_import on retries (import_id)`.execute(db);
  await db.schema.alterTable('audit').addColumn('portal', 'text').execute();
  await db.schema.alterTable('imports').addColumn('archived_at', 'bigint').execute();
  await db.schema.alterTable('pairs').addColumn('retry_id', 'integer').execute();
  await db.schema.alterTable('chunks').addColumn('retry_id', 'integer').execute();
  // Retries that were ordered before and are not carried out.
  await sql`insert into retries (import_id, at, reason)
    select import_id, 0, nullif(retry_reason, '*') from chunks
    where retry_reason is not null group by import_id, retry_reason`.execute(db);
  await sql`update chunks set retry_id =
    (select max(id) from retries where retries.import_id = chunks.import_id
      and coalesce(retries.reason, '*') = chunks.retry_reason)
    where retry_reason is not null`.execute(db);
  await sql`drop index chunks_to_reopen`.execute(db);
  await db.schema.alterTable('chunks').dropColumn('retry_reason').execute();
  await sql`create index chunks_to_retry on chunks (import_id) where retry_id is not null`.execute(
    db,
  );
}
