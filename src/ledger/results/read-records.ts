import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';
import { type ImportRecord, toIssueRecord, toPairRecord } from './import-record.ts';
import { reasonSource } from './record-sources.ts';

export interface RecordFilter {
  outcome?: Outcome;
  reason?: string;
}

const RECORDS_PER_PAGE = 5_000;

/**
 * @param perPage records per query. @default 5,000
 * @returns the records of all rows in the source's order, read page by page
 */
export async function* readRecords(
  db: Db,
  importId: number,
  filter: RecordFilter = {},
  perPage = RECORDS_PER_PAGE,
): AsyncGenerator<ImportRecord> {
  const pairs = pages(perPage, (after) => pairPage(db, importId, filter, after, perPage));
  const issues = pages(perPage, (after) => issuePage(db, importId, filter, after, perPage));
  yield* merge(pairs, issues);
}

async function* pages(
  perPage: number,
  read: (after: number) => Promise<ImportRecord[]>,
): AsyncGenerator<ImportRecord> {
  let after = 0;
  for (;;) {
    const page = await read(after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < perPage) return;
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

async function pairPage(
  db: Db,
  importId: number,
  { outcome, reason }: RecordFilter,
  after: number,
  perPage: number,
) {
  if (outcome === 'rejected' || outcome === 'duplicate') return [];
  if (reason !== undefined) {
    // Through the index, so that only matching pairs are read.
    const source = reasonSource(db, importId, reason, { outcome });
    return (await source([after], perPage)).map(({ record }) => record);
  }
  const rows = await db
    .selectFrom('pairs')
    .selectAll()
    .where('import_id', '=', importId)
    .where('seq', '>', after)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'pending'))
    .orderBy('seq')
    .limit(perPage)
    .execute();
  return rows.map(toPairRecord);
}

async function issuePage(
  db: Db,
  importId: number,
  filter: RecordFilter,
  after: number,
  perPage: number,
) {
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
    .limit(perPage)
    .execute();
  return rows.map(toIssueRecord);
}
