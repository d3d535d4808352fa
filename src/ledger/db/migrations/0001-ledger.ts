import { randomUUID } from 'node:crypto';
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const ofImport = (column: ColumnDefinitionBuilder) =>
  column.notNull().references('imports.id').onDelete('cascade');

/** The first ledger. Written against the tables as they were then, hence no Schema type. */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('ledger')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .execute();
  await sql`insert into ledger (id) values (${randomUUID().slice(0, 8)})`.execute(db);

  await schema
    .createTable('imports')
    .addColumn('id', parts.serialType, parts.serialKey)
    .addColumn('file_name', 'text', required)
    .addColumn('file_digest', 'text', required)
    .addColumn('portal', 'text', required)
    .addColumn('message', 'text')
    .addColumn('state', 'text', required)
    .addColumn('row_count', 'bigint', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('results_due', 'integer', required)
    .execute();
  await schema.createIndex('imports_by_file').on('imports').column('file_digest').execute();

  await schema
    .createTable('messages')
    .addColumn('id', parts.serialType, parts.serialKey)
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('digest', 'text', required)
    .addColumn('text', 'text', required)
    .addUniqueConstraint('messages_once', ['import_id', 'digest'])
    .execute();

  await schema
    .createTable('pairs')
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('seq', 'bigint', required)
    .addColumn('line', 'bigint', required)
    .addColumn('group_id', 'integer', required)
    .addColumn('user_id', 'integer', required)
    .addColumn('message_id', 'integer')
    .addColumn('outcome', 'text', required)
    .addColumn('reason', 'text')
    .addColumn('detail', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('pairs_in_order', ['import_id', 'seq'])
    .addUniqueConstraint('pairs_once', ['import_id', 'group_id', 'user_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();

  await schema
    .createTable('row_issues')
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('seq', 'bigint', required)
    .addColumn('line', 'bigint', required)
    .addColumn('outcome', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('detail', 'text')
    .addColumn('group_cell', 'text', required)
    .addColumn('user_cell', 'text', required)
    .addPrimaryKeyConstraint('row_issues_in_order', ['import_id', 'seq'])
    .modifyEnd(parts.clusteredTable)
    .execute();

  await schema
    .createTable('tallies')
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('outcome', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('count', 'bigint', required)
    .addPrimaryKeyConstraint('tallies_once', ['import_id', 'outcome', 'reason'])
    .modifyEnd(parts.clusteredTable)
    .execute();

  await schema
    .createTable('chunks')
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('number', 'integer', required)
    .addColumn('first_group', 'integer', required)
    .addColumn('first_user', 'integer', required)
    .addColumn('last_group', 'integer', required)
    .addColumn('last_user', 'integer', required)
    .addColumn('unsettled', 'integer', required)
    .addColumn('owner', 'text')
    .addPrimaryKeyConstraint('chunks_in_order', ['import_id', 'number'])
    .modifyEnd(parts.clusteredTable)
    .execute();

  await schema
    .createTable('sent_pairs')
    .addColumn('portal', 'text', required)
    .addColumn('group_id', 'integer', required)
    .addColumn('user_id', 'integer', required)
    .addColumn('import_id', 'integer', ofImport)
    .addColumn('seq', 'bigint', required)
    .addColumn('chunk', 'integer', required)
    .addColumn('request_id', 'text', required)
    .addColumn('phase', 'text', required)
    .addColumn('over_at', 'bigint', required)
    .addPrimaryKeyConstraint('sent_pairs_once', ['portal', 'group_id', 'user_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await schema
    .createIndex('sent_pairs_by_chunk')
    .on('sent_pairs')
    .columns(['import_id', 'chunk'])
    .execute();
  await schema.createIndex('sent_pairs_by_request').on('sent_pairs').column('request_id').execute();

  await schema
    .createTable('holds')
    .addColumn('portal', 'text', (c) => c.primaryKey())
    .addColumn('code', 'text', required)
    .addColumn('description', 'text', required)
    .addColumn('since', 'bigint', required)
    .addColumn('probes', 'integer', required)
    .addColumn('probe_at', 'bigint', required)
    .execute();

  await schema
    .createTable('audit')
    .addColumn('id', parts.serialType, parts.serialKey)
    .addColumn('import_id', 'integer', (c) => c.references('imports.id').onDelete('cascade'))
    .addColumn('at', 'bigint', required)
    .addColumn('actor', 'text', required)
    .addColumn('action', 'text', required)
    .addColumn('detail', 'text')
    .execute();
  await schema.createIndex('audit_by_import').on('audit').column('import_id').execute();
}
