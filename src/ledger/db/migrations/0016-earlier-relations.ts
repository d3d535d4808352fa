import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/**
 * Pairs whose person was invited already, or asked to join, when the import was checked: what became of
 * a request without an answer cannot be told from their relation.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('earlier_relations')
    .addColumn('import_id', 'integer', (column) => column.notNull())
    .addColumn('group_id', 'integer', (column) => column.notNull())
    .addColumn('user_id', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('earlier_relations_once', ['import_id', 'group_id', 'user_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
}
