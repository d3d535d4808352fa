import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const ofImport = (column: ColumnDefinitionBuilder) =>
  column.notNull().references('imports.id').onDelete('cascade');

/**
 * What the portal said about an import before its start: one row for the import when everything is
 * asked, one for each group, and one for each person worth telling.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('checks')
    .addColumn('import_id', 'integer', (c) => ofImport(c).primaryKey())
    .addColumn('checked_at', 'bigint', required)
    .addColumn('not_told', 'text', required)
    .addColumn('people', 'integer', required)
    .addColumn('invited_pairs', 'bigint', required)
    .addColumn('invited_people', 'integer', required)
    .addColumn('seconds', 'double precision', required)
    .addColumn('bound_by', 'text', required)
    .addColumn('requests', 'integer', required)
    .addColumn('cost_seconds', 'double precision', required)
    .addColumn('cost_assumed', 'integer', required)
    .execute();

  await schema
    .createTable('group_checks')
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('group_id', 'integer', required)
    .addColumn('name', 'text')
    .addColumn('visible', 'integer', required)
    .addColumn('may_invite', 'integer')
    .addColumn('size', 'integer')
    .addColumn('pairs', 'integer', required)
    .addColumn('members', 'integer')
    .addColumn('pending', 'integer')
    .addColumn('to_invite', 'integer', required)
    .addColumn('failing', 'integer', required)
    .addPrimaryKeyConstraint('group_checks_once', ['import_id', 'group_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`
    create index group_checks_by_failing
    on group_checks (import_id, failing desc, pairs desc, group_id)`.execute(db);

  await schema
    .createTable('user_checks')
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('user_id', 'integer', required)
    .addColumn('state', 'text', required)
    .addColumn('name', 'text')
    .addPrimaryKeyConstraint('user_checks_once', ['import_id', 'user_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
}
