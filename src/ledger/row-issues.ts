import type { Selectable } from 'kysely';
import { BulkInsert } from './bulk-insert.ts';
import type { Db, RowIssueTable } from './schema.ts';

type RowIssue = Selectable<RowIssueTable>;

/** The columns in the order in which the statement has them. */
const inOrder = (issue: RowIssue): RowIssue => ({
  import_id: issue.import_id,
  seq: issue.seq,
  line: issue.line,
  outcome: issue.outcome,
  reason: issue.reason,
  detail: issue.detail,
  group_cell: issue.group_cell,
  user_cell: issue.user_cell,
});

const insert = new BulkInsert<RowIssue>(
  (db, issues) => db.insertInto('row_issues').values(issues.map(inOrder)).compile(),
  (issue, parameters) => parameters.push(...Object.values(inOrder(issue))),
);

/** Records the rows that could not become pairs. */
export async function insertRowIssues(db: Db, issues: readonly RowIssue[]): Promise<void> {
  await insert.execute(db, issues);
}
