import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * What the page asks of an import of a million pairs, answered without reading them all: counts by
 * group and by minute, the places of each person's pairs, and indexes for the filters.
 *
 * A person's places are one row, written in the order of the key, which takes a second of a million
 * pairs while a file is read; an index of the pairs by user took twice that. A pair enters the index
 * by reason only when it gets its outcome. As with the pairs, no foreign keys: whoever deletes an
 * import deletes these as well.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('group_tallies')
    .addColumn('import_id', 'integer', required)
    .addColumn('group_id', 'integer', required)
    .addColumn('outcome', 'text', required)
    .addColumn('count', 'integer', required)
    .addPrimaryKeyConstraint('group_tallies_once', ['import_id', 'group_id', 'outcome'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`
    insert into group_tallies (import_id, group_id, outcome, count)
    select import_id, group_id, outcome, count(*) from pairs
    group by import_id, group_id, outcome`.execute(db);

  await schema
    .createTable('minute_tallies')
    .addColumn('import_id', 'integer', required)
    .addColumn('minute', 'bigint', required)
    .addColumn('invited', 'integer', required)
    .addColumn('settled', 'integer', required)
    .addPrimaryKeyConstraint('minute_tallies_once', ['import_id', 'minute'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`
    insert into minute_tallies (import_id, minute, invited, settled)
    select import_id, settled_at / 60000, sum(case outcome when 'invited' then 1 else 0 end), count(*)
    from pairs where settled_at is not null
    group by import_id, settled_at / 60000`.execute(db);

  await schema
    .createTable('user_pairs')
    .addColumn('user_id', 'integer', required)
    .addColumn('import_id', 'integer', required)
    .addColumn('seqs', 'text', required)
    .addPrimaryKeyConstraint('user_pairs_once', ['user_id', 'import_id'])
    .modifyEnd(parts.clusteredTable)
    .execute();
  await sql`
    insert into user_pairs (user_id, import_id, seqs)
    select user_id, import_id, string_agg(cast(seq as text), ',') from pair_keys
    group by user_id, import_id`.execute(db);

  await sql`
    create index pairs_by_reason on pairs (import_id, reason, seq)
    where reason is not null`.execute(db);
  for (const [name, columns] of [
    ['row_issues_by_outcome', 'import_id, outcome, seq'],
    ['row_issues_by_reason', 'import_id, reason, seq'],
    ['row_issues_by_group', 'import_id, group_cell, seq'],
    ['row_issues_by_user', 'lower(user_cell), import_id, seq'],
  ] as const) {
    await sql`create index ${sql.id(name)} on row_issues (${sql.raw(columns)})`.execute(db);
  }
  await schema.alterTable('imports').addColumn('problem', 'text').execute();
}
