import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * The pairs' keys (group, user) move into a table of their own, so that an import can enter them
 * in order when all its pairs are there; a unique constraint takes each with its row.
 *
 * Neither table refers to `imports` by a foreign key: looking the import up for each row takes a
 * tenth of the time in which a file is read. Whoever deletes an import deletes its pairs as well.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('pair_keys')
    .addColumn('import_id', 'integer', required)
    .addColumn('group_id', 'integer', required)
    .addColumn('user_id', 'integer', required)
    .addColumn('seq', 'bigint', required)
    .addPrimaryKeyConstraint('pair_keys_once', ['import_id', 'group_id', 'user_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`
    insert into pair_keys (import_id, group_id, user_id, seq)
    select import_id, group_id, user_id, seq from pairs
    order by import_id, group_id, user_id`.execute(db);

  await schema
    .createTable('pairs_without_key')
    .addColumn('import_id', 'integer', required)
    .addColumn('seq', 'bigint', required)
    .addColumn('line', 'bigint', required)
    .addColumn('group_id', 'integer', required)
    .addColumn('user_id', 'integer', required)
    .addColumn('message_id', 'integer')
    .addColumn('outcome', 'text', required)
    .addColumn('reason', 'text')
    .addColumn('detail', 'text')
    .addColumn('attempts', 'integer', required)
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('pairs_by_seq', ['import_id', 'seq'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  const columns = sql.raw(
    'import_id, seq, line, group_id, user_id, message_id, outcome, reason, detail, attempts, settled_at',
  );
  await sql`
    insert into pairs_without_key (${columns})
    select ${columns} from pairs order by import_id, seq`.execute(db);
  await schema.dropTable('pairs').execute();
  await schema.alterTable('pairs_without_key').renameTo('pairs').execute();
}
