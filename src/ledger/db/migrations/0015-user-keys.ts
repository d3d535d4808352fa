import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { emailKey } from '../../../domain/pairs/email-key.ts';

const ROWS_PER_PAGE = 1_000;

interface Row {
  import_id: number;
  seq: number;
  user_cell: string;
}

/**
 * What stands in the user's cell of a reject or duplicate, as addresses are compared. SQLite's `lower`
 * knows Latin letters only, and Postgres's what its locale says: neither finds what the other does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('row_issues')
    .addColumn('user_key', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await sql`update row_issues set user_key = lower(trim(user_cell))`.execute(db);
  await foldOtherLetters(db);
  await sql`drop index row_issues_by_user`.execute(db);
  await sql`
    create index row_issues_by_user on row_issues (user_key, import_id, seq)`.execute(db);
}

/** Of cells with other signs than ASCII's the database may make other small letters than we do. */
async function foldOtherLetters(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const hasOthers = isPostgres ? sql`user_cell ~ '[^ -~]'` : sql`user_cell glob '*[^ -~]*'`;
  for (let [parent, seq] = [0, 0]; ; ) {
    const { rows } = await sql<Row>`
      select import_id, seq, user_cell from row_issues
      where ${hasOthers} and (import_id, seq) > (${parent}, ${seq})
      order by import_id, seq limit ${ROWS_PER_PAGE}`.execute(db);
    for (const row of rows) {
      await sql`
        update row_issues set user_key = ${emailKey(row.user_cell)}
        where import_id = ${row.import_id} and seq = ${row.seq}`.execute(db);
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    [parent, seq] = [last.import_id, last.seq];
  }
}
