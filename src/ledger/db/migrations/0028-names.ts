import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/**
 * Names of an import's people, as far as they were read; and the names of groups as they stand in the
 * file. They are personal data: they go with their import.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('user_names')
    .addColumn('import_id', 'integer', (column) =>
      column.notNull().references('imports.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('user_names_once', ['import_id', 'user_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await db.schema.alterTable('group_names').addColumn('cell', 'text').execute();
}
