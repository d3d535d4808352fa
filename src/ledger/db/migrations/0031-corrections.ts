import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/** Rejected rows that a person has corrected, each with its cells as they are in the file. */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('corrections')
    .addColumn('import_id', 'integer', (column) =>
      column.notNull().references('imports.id').onDelete('cascade'),
    )
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('group_cell', 'text', (column) => column.notNull())
    .addColumn('user_cell', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('corrections_once', ['import_id', 'seq'])
    .modifyEnd(parts.clusteredTable)
    .execute();
}
