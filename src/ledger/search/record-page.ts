import { groupId, userId } from '../../domain/pairs/ids.ts';
import { OUTCOMES } from '../../domain/pairs/outcome.ts';
import { MOST_RECORDS, type SortKey } from '../../domain/pairs/record-order.ts';
import { findGroupNames } from '../checks/group-name-store.ts';
import { findUserNames } from '../checks/user-name-store.ts';
import type { Db } from '../db/schema.ts';
import type { ImportRecord } from '../results/import-record.ts';
import { readTallies } from '../tallies/tallies.ts';
import { matchingRecords } from './matching-records.ts';
import { isSelective, type WantedRecords } from './wanted-records.ts';

export interface PageWanted {
  /** From 1. */
  page: number;
  limit: number;
  /** @default line */
  sort?: SortKey | undefined;
  isDescending?: boolean;
  /** Only records behind this place; then `page` counts from there. */
  after?: number | undefined;
}

export interface NumberedPage {
  records: ImportRecord[];
  /** Number of records that meet the criteria; at least that many when `isExact` is false. */
  total: number;
  isExact: boolean;
  /** Whether more records follow. */
  hasMore: boolean;
}

/**
 * Reads a numbered page of the records that meet the criteria. When there are more than
 * {@link MOST_RECORDS}, they stay in the order of the file, whatever the order asked for.
 */
export async function readRecordPage(
  db: Db,
  importId: number,
  wanted: WantedRecords,
  { page, limit, sort = 'line', isDescending = false, after = 0 }: PageWanted,
): Promise<NumberedPage> {
  const known = after === 0 ? await knownTotal(db, importId, wanted) : undefined;
  const isSorted = (sort !== 'line' || isDescending) && (known ?? 0) <= MOST_RECORDS;
  const from = (page - 1) * limit;
  // One more shows whether there is a next page, and whether there are too many.
  const most = known === undefined || isSorted ? MOST_RECORDS : from + limit;
  const found: ImportRecord[] = [];
  for await (const record of matchingRecords(db, importId, wanted, after)) {
    found.push(record);
    if (found.length > most || found.length > MOST_RECORDS) break;
  }
  const isWhole = found.length <= Math.min(most, MOST_RECORDS);
  const total = known ?? Math.min(found.length, MOST_RECORDS);
  if (isSorted && isWhole) await sortRecords(db, importId, found, sort, isDescending);
  return {
    records: found.slice(from, from + limit),
    ...{ total, isExact: known !== undefined || isWhole },
    hasMore: found.length > from + limit,
  };
}

/** @returns the number of records that the tallies have, for criteria on outcome and reason alone */
async function knownTotal(
  db: Db,
  importId: number,
  wanted: WantedRecords,
): Promise<number | undefined> {
  const { outcome, reason } = wanted;
  // The tallies count all duplicates under one reason.
  if (isSelective(wanted) || /^of_line_\d/.test(reason ?? '')) return undefined;
  return (await readTallies(db, importId))
    .filter((tally) => outcome === undefined || tally.outcome === outcome)
    .filter((tally) => reason === undefined || tally.reason === reason)
    .reduce((sum, { count }) => sum + count, 0);
}

async function sortRecords(
  db: Db,
  importId: number,
  records: ImportRecord[],
  sort: SortKey,
  isDescending: boolean,
): Promise<void> {
  const key = await keyFor(db, importId, records, sort);
  const keys = new Map(records.map((record) => [record, key(record)]));
  const sign = isDescending ? -1 : 1;
  records.sort((a, b) => {
    const [left, right] = [keys.get(a) ?? 0, keys.get(b) ?? 0];
    const order =
      typeof left === 'string' && typeof right === 'string'
        ? COLLATOR.compare(left, right)
        : Number(left) - Number(right);
    return order === 0 ? a.seq - b.seq : sign * order;
  });
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

async function keyFor(
  db: Db,
  importId: number,
  records: readonly ImportRecord[],
  sort: SortKey,
): Promise<(record: ImportRecord) => string | number> {
  switch (sort) {
    case 'line':
      return ({ seq }) => seq;
    case 'outcome':
      return ({ outcome }) => OUTCOMES.indexOf(outcome);
    case 'time':
      return ({ settledAt }) => settledAt?.getTime() ?? Number.POSITIVE_INFINITY;
    case 'group': {
      const ids = new Set(records.flatMap((record) => groupId(Number(record.groupId)) ?? []));
      const names = await findGroupNames(db, importId, [...ids]);
      const byCell = new Map([...names].map(([id, name]) => [String(id), name]));
      return ({ groupId: cell }) => byCell.get(cell) ?? cell;
    }
    case 'user': {
      const ids = new Set(records.flatMap((record) => userId(Number(record.userId)) ?? []));
      const names = await findUserNames(db, importId, [...ids]);
      const byCell = new Map([...names].map(([id, name]) => [String(id), name]));
      return ({ userId: cell }) => byCell.get(cell) ?? cell;
    }
    default:
      return sort satisfies never;
  }
}
