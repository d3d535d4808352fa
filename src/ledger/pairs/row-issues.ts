import type { Selectable } from 'kysely';
import { emailKey } from '../../domain/pairs/email-key.ts';
import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db, RowIssueTable } from '../db/schema.ts';

/** A row that did not become a pair. */
export type RowIssue = Omit<Selectable<RowIssueTable>, 'user_key'>;

const insert = new BulkInsert('row_issues', {
  ...{ import_id: 'integer', seq: 'bigint', line: 'bigint' },
  ...{ outcome: 'text', reason: 'text', detail: 'text' },
  ...{ group_cell: 'text', user_cell: 'text', user_key: 'text' },
});

export async function insertRowIssues(db: Db, issues: readonly RowIssue[]): Promise<void> {
  await insert.execute(db, issues.length, (row, parameters) => {
    const issue = issues[row];
    if (issue === undefined) return;
    parameters.push(issue.import_id, issue.seq, issue.line, issue.outcome, issue.reason);
    parameters.push(issue.detail, issue.group_cell, issue.user_cell);
    parameters.push(emailKey(issue.user_cell));
  });
}
