import type { Selectable } from 'kysely';
import type { Outcome } from '../domain/outcome.ts';
import type { ResultRecord } from '../domain/result-record.ts';
import type { Db, PairTable, RowIssueTable } from './schema.ts';

/** A line of the results with its place in the source. */
export interface ImportRecord extends ResultRecord {
  seq: number;
}

export interface RecordFilter {
  outcome?: Outcome;
  reason?: string;
}

const RECORDS_PER_PAGE = 5_000;

/** @returns what became of each row, in the source's order, read page by page */
export async function* readRecords(
  db: Db,
  importId: number,
  filter: RecordFilter = {},
): AsyncGenerator<ImportRecord> {
  const pairs = pages((after) => pairPage(db, importId, filter, after));
  const issues = pages((after) => issuePage(db, importId, filter, after));
  yield* merge(pairs, issues);
}

async function* pages(
  read: (after: number) => Promise<ImportRecord[]>,
): AsyncGenerator<ImportRecord> {
  let after = 0;
  for (;;) {
    const page = await read(after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < RECORDS_PER_PAGE) return;
    after = last.seq;
  }
}

async function* merge(
  left: AsyncGenerator<ImportRecord>,
  right: AsyncGenerator<ImportRecord>,
): AsyncGenerator<ImportRecord> {
  let [a, b] = [await left.next(), await right.next()];
  while (!a.done || !b.done) {
    if (b.done || (!a.done && a.value.seq < b.value.seq)) {
      if (!a.done) yield a.value;
      a = await left.next();
    } else {
      yield b.value;
      b = await right.next();
    }
  }
}

async function pairPage(db: Db, importId: number, filter: RecordFilter, after: number) {
  const { outcome, reason } = filter;
  const rows = await db
    .selectFrom('pairs')
    .selectAll()
    .where('import_id', '=', importId)
    .where('seq', '>', after)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'pending'))
    .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? null))
    .orderBy('seq')
    .limit(RECORDS_PER_PAGE)
    .execute();
  return rows.map(toPairRecord);
}

async function issuePage(db: Db, importId: number, filter: RecordFilter, after: number) {
  const { outcome, reason } = filter;
  if (outcome !== undefined && outcome !== 'rejected' && outcome !== 'duplicate') return [];
  const rows = await db
    .selectFrom('row_issues')
    .selectAll()
    .where('import_id', '=', importId)
    .where('seq', '>', after)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'rejected'))
    .$if(reason !== undefined, (query) =>
      reason === 'of_line_N'
        ? query.where('outcome', '=', 'duplicate')
        : query.where('reason', '=', reason ?? ''),
    )
    .orderBy('seq')
    .limit(RECORDS_PER_PAGE)
    .execute();
  return rows.map(toIssueRecord);
}

/** A pair as a line of the results. */
export const toPairRecord = (row: Selectable<PairTable>): ImportRecord => ({
  seq: row.seq,
  line: row.line,
  groupId: String(row.group_id),
  userId: String(row.user_id),
  outcome: row.outcome,
  reason: row.reason,
  detail: row.detail,
  attempts: row.attempts,
  settledAt: row.settled_at === null ? null : new Date(row.settled_at),
});

/** A duplicate or a reject as a line of the results. */
export const toIssueRecord = (row: Selectable<RowIssueTable>): ImportRecord => ({
  seq: row.seq,
  line: row.line,
  groupId: row.group_cell,
  userId: row.user_cell,
  outcome: row.outcome,
  reason: row.reason,
  detail: row.detail,
  attempts: null,
  settledAt: null,
});
