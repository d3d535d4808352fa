import { SORT_KEYS } from '../../domain/pairs/record-order.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { searchRecords } from '../../ledger/results/search-records.ts';
import { readRecordPage } from '../../ledger/search/record-page.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import type { PairQuery } from '../schemas/pair-schema.ts';
import { wantedOf } from './criteria.ts';

/** Reads a numbered page, or one of those that only a cursor leads to, which takes the same time anywhere. */
export async function readPairPage(db: Db, id: number, query: PairQuery) {
  const { cursor, limit, sort = 'line' } = query;
  const wanted = wantedOf(query);
  const after = parseCursor(cursor);
  const isNumbered = [query.q, query.place, query.found, query.sort, query.page].some(
    (one) => one !== undefined,
  );
  if (!isNumbered) {
    const { records, next } = await searchRecords(db, id, wanted, { after, limit });
    return { records, next: toCursor(next), total: null, isTotalExact: false };
  }
  const isDescending = sort.startsWith('-');
  const key = SORT_KEYS.find((one) => sort.endsWith(one));
  const { records, total, isExact, hasMore } = await readRecordPage(db, id, wanted, {
    ...{ page: query.page ?? 1, limit, sort: key, isDescending, after: after?.at(-1) },
  });
  const last = records.at(-1);
  const canGoOn = hasMore && sort === 'line' && last !== undefined;
  return {
    records,
    next: toCursor(canGoOn ? [last.seq] : undefined),
    total,
    isTotalExact: isExact,
  };
}
