import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * Whom the addresses in a file stood for, so that a person is found by the address as well. Imports
 * that were read before have none. They are personal data: they go with their import.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('import_emails')
    .addColumn('import_id', 'integer', (c) =>
      c.notNull().references('imports.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'integer', required)
    .addColumn('email', 'text', required)
    .addPrimaryKeyConstraint('import_emails_once', ['import_id', 'user_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await db.schema
    .createIndex('import_emails_by_email')
    .on('import_emails')
    .columns(['email', 'user_id'])
    .execute();
}
