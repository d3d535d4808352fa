import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * What is still to be told to the outside, written in the transaction that makes it true. A notice
 * goes when it was delivered; no foreign key, since it may outlive its import.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('notices')
    .addColumn('id', parts.serialType, parts.serialKey)
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addColumn('event', 'text', required)
    .addColumn('portal', 'text', required)
    .addColumn('body', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('due_at', 'bigint', required)
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('claimed_until', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
}
