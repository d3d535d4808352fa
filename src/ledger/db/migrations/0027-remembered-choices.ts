import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** How people chose to read files with a header, and which choices an import was read with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('remembered_choices')
    .addColumn('header_key', 'text', (c) => c.primaryKey())
    .addColumn('line_key', 'text')
    .addColumn('choices', 'text', required)
    .addColumn('used_at', 'bigint', required)
    .execute();
  const index = db.schema.createIndex('remembered_choices_line').on('remembered_choices');
  await index.column('line_key').execute();
  await db.schema
    .createTable('import_choices')
    .addColumn('import_id', 'integer', (c) => c.primaryKey())
    .addColumn('header_key', 'text', required)
    .addColumn('line_key', 'text')
    .addColumn('choices', 'text', required)
    .addColumn('remembered', 'text')
    .execute();
}
