import { groupId, userId } from '../../domain/pairs/ids.ts';
import { RETRIED_REASONS } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';
import type { PairKey } from '../delivery/divide-by-chunk.ts';
import type { ImportRecord } from '../results/import-record.ts';
import { matchingRecords } from './matching-records.ts';
import type { WantedRecords } from './wanted-records.ts';

const RETRIED: readonly (string | null)[] = RETRIED_REASONS;

/** @returns the pairs that meet the criteria and can be retried */
export const pairsToRetry = (db: Db, importId: number, wanted: WantedRecords): Promise<PairKey[]> =>
  keysOf(db, importId, wanted, ({ reason }) => RETRIED.includes(reason));

/** @returns the pairs that meet the criteria and are pending */
export const pendingPairs = (db: Db, importId: number, wanted: WantedRecords): Promise<PairKey[]> =>
  keysOf(db, importId, wanted, ({ outcome }) => outcome === 'pending');

/** Pairs of people who were forgotten have no user. */
async function keysOf(
  db: Db,
  importId: number,
  wanted: WantedRecords,
  accepts: (record: ImportRecord) => boolean,
): Promise<PairKey[]> {
  const found: PairKey[] = [];
  for await (const record of matchingRecords(db, importId, wanted)) {
    const [group, user] = [groupId(Number(record.groupId)), userId(Number(record.userId))];
    if (group === undefined || user === undefined || !accepts(record)) continue;
    found.push({ seq: record.seq, groupId: group, userId: user });
  }
  return found;
}
