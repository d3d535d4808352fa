import { type Kysely, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/** What users order for people who were invited: their pairs, in chunks, and the marks of their requests. */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('orders')
    .addColumn('id', parts.serialType, parts.serialKey)
    .addColumn('import_id', 'integer', (column) =>
      column.notNull().references('imports.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('message', 'text')
    .addColumn('means', 'text')
    .addColumn('problem', 'text')
    .addColumn('read_count', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('pair_count', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('orders_of_import')
    .on('orders')
    .columns(['import_id', 'kind'])
    .execute();
  await db.schema
    .createTable('order_chunks')
    .addColumn('order_id', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('import_id', 'integer', (column) => column.notNull())
    .addColumn('unsettled', 'integer', (column) => column.notNull())
    .addColumn('owner', 'text')
    .addPrimaryKeyConstraint('order_chunks_once', ['order_id', 'number'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`create index order_chunks_to_do on order_chunks (order_id) where unsettled > 0`.execute(
    db,
  );
  await db.schema
    .createTable('order_pairs')
    .addColumn('order_id', 'integer', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('import_id', 'integer', (column) => column.notNull())
    .addColumn('chunk', 'integer', (column) => column.notNull())
    .addColumn('group_id', 'integer', (column) => column.notNull())
    .addColumn('user_id', 'integer', (column) => column.notNull())
    .addColumn('result', 'text')
    .addColumn('reason', 'text')
    .addColumn('detail', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('order_pairs_once', ['order_id', 'seq'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`create index order_pairs_to_do on order_pairs (order_id, chunk)
    where result is null`.execute(db);
  await db.schema
    .createIndex('order_pairs_of_user')
    .on('order_pairs')
    .columns(['user_id', 'import_id'])
    .execute();
  await db.schema.alterTable('sent_pairs').addColumn('order_id', 'integer').execute();
}
