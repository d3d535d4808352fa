import type { Selectable } from 'kysely';
import { BulkInsert, rowsLike } from './bulk-insert.ts';
import type { Db, RowIssueTable } from './schema.ts';

export type RowIssue = Selectable<RowIssueTable>;

const insert = new BulkInsert((db, rows) => {
  const issue: RowIssue = {
    ...{ import_id: 0, seq: 0, line: 0, outcome: 'rejected', reason: '' },
    ...{ detail: '', group_cell: '', user_cell: '' },
  };
  return db.insertInto('row_issues').values(rowsLike(issue, rows)).compile();
});

/** Records the rows that could not become pairs. */
export async function insertRowIssues(db: Db, issues: readonly RowIssue[]): Promise<void> {
  await insert.execute(db, issues.length, (row, parameters) => {
    const issue = issues[row];
    if (issue === undefined) return;
    parameters.push(issue.import_id, issue.seq, issue.line, issue.outcome, issue.reason);
    parameters.push(issue.detail, issue.group_cell, issue.user_cell);
  });
}
