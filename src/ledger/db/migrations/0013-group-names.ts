import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/** What the groups of an import are called of which no check has read that before the start. */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('group_names')
    .addColumn('import_id', 'integer', (c) =>
      c.notNull().references('imports.id').onDelete('cascade'),
    )
    .addColumn('group_id', 'integer', (c) => c.notNull())
    .addColumn('name', 'text')
    .addPrimaryKeyConstraint('group_names_once', ['import_id', 'group_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
}
