import type { Insertable } from 'kysely';
import type { Db, RowIssueTable } from './schema.ts';

/** SQLite takes 32,766 parameters a statement; a row here has eight. */
const ROWS_PER_INSERT = 1_000;

/** Records the rows that could not become pairs. */
export async function insertRowIssues(
  db: Db,
  issues: readonly Insertable<RowIssueTable>[],
): Promise<void> {
  for (let at = 0; at < issues.length; at += ROWS_PER_INSERT) {
    await db
      .insertInto('row_issues')
      .values(issues.slice(at, at + ROWS_PER_INSERT))
      .execute();
  }
}
