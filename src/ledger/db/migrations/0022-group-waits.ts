import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/** Groups that could not be read or invited into, and when they are tried again. */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('group_waits')
    .addColumn('import_id', 'integer', (column) => column.notNull())
    .addColumn('chunk', 'integer', (column) => column.notNull())
    .addColumn('group_id', 'integer', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('group_waits_once', ['import_id', 'chunk', 'group_id', 'step'])
    .modifyEnd(parts.clusteredTable)
    .execute();
}
