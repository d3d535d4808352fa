import { sql } from 'kysely';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';
import { keysAndPairs, pairsOfChunk } from '../pairs/pair-queries.ts';
import { findUserPairs } from '../pairs/user-pairs.ts';
import { type ImportRecord, toPairRecord } from './import-record.ts';

/** Place of a record in the order of its source. */
export type Position = readonly number[];

export interface Placed {
  at: Position;
  record: ImportRecord;
}

/** Returns at most `limit` records after a position, in the source's own order. */
export type RecordSource = (after: Position, limit: number) => Promise<Placed[]>;

/** Criteria for records of an import. */
export interface RecordFilter {
  outcome?: Outcome | undefined;
  reason?: string | undefined;
  groupId?: GroupId | undefined;
  userId?: UserId | undefined;
}

const bySeq = (records: ImportRecord[]): Placed[] =>
  records.map((record) => ({ at: [record.seq], record }));

/** Merges several sources that are ordered by place in the file. */
export const merged =
  (sources: readonly RecordSource[]): RecordSource =>
  async (after, limit) => {
    const found = await Promise.all(sources.map((source) => source(after, limit)));
    return found
      .flat()
      .sort((a, b) => a.record.seq - b.record.seq)
      .slice(0, limit);
  };

const pairsOf = (db: Db, importId: number) =>
  db.selectFrom('pairs').selectAll().where('import_id', '=', importId);

/** The pairs by place in the file. */
export const pairSource =
  (db: Db, importId: number): RecordSource =>
  async ([seq = 0], limit) => {
    const rows = await pairsOf(db, importId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return bySeq(rows.map(toPairRecord));
  };

/** The pairs with one reason by place in the file: first the places from the index, then their rows. */
export const reasonSource =
  (db: Db, importId: number, reason: string, { outcome, groupId }: RecordFilter): RecordSource =>
  async ([seq = 0], limit) => {
    const rows = await db
      .selectFrom('pairs as places')
      .innerJoin('pairs', (join) =>
        join
          .onRef('pairs.import_id', '=', 'places.import_id')
          .onRef('pairs.seq', '=', 'places.seq'),
      )
      .selectAll('pairs')
      .where('places.import_id', '=', importId)
      .where('places.reason', '=', reason)
      .where('places.seq', '>', seq)
      .$if(outcome !== undefined, (query) =>
        query.where('pairs.outcome', '=', outcome ?? 'pending'),
      )
      .$if(groupId !== undefined, (query) => query.where('pairs.group_id', '=', groupId as GroupId))
      .orderBy('places.seq')
      .limit(limit)
      .execute();
    return bySeq(rows.map(toPairRecord));
  };

/** The pairs of one group by user. */
export const groupSource =
  (
    db: Db,
    importId: number,
    groupId: GroupId,
    { outcome, reason, userId }: RecordFilter,
  ): RecordSource =>
  async ([user = 0], limit) => {
    const rows = await keysAndPairs(db)
      .selectAll('pairs')
      .where('pair_keys.import_id', '=', importId)
      .where('pair_keys.group_id', '=', groupId)
      .where('pair_keys.user_id', '>', user as UserId)
      .$if(userId !== undefined, (query) => query.where('pair_keys.user_id', '=', userId as UserId))
      .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'pending'))
      .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? ''))
      .orderBy('pair_keys.user_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ at: [row.user_id], record: toPairRecord(row) }));
  };

/** The pending pairs by group and user: only chunks with unsettled pairs are read. */
export const pendingSource =
  (db: Db, importId: number): RecordSource =>
  async ([group = 0, user = 0], limit) => {
    const chunks = await db
      .selectFrom('chunks')
      .selectAll()
      .where('import_id', '=', importId)
      .where('unsettled', '>', 0)
      .where(sql<boolean>`(last_group, last_user) > (${group}, ${user})`)
      .orderBy('number')
      .limit(limit)
      .execute();
    const found: Placed[] = [];
    for (const chunk of chunks) {
      if (found.length === limit) break;
      const rows = await pairsOfChunk(db, chunk)
        .selectAll('pairs')
        .where(sql<boolean>`(pair_keys.group_id, pair_keys.user_id) > (${group}, ${user})`)
        .where('pairs.outcome', '=', 'pending')
        .limit(limit - found.length)
        .execute();
      found.push(
        ...rows.map((row) => ({ at: [row.group_id, row.user_id], record: toPairRecord(row) })),
      );
    }
    return found;
  };

async function pairsAt(
  db: Db,
  importId: number,
  seqs: readonly number[],
  { outcome, reason }: RecordFilter,
): Promise<ImportRecord[]> {
  const rows = await pairsOf(db, importId)
    .where('seq', 'in', seqs)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'pending'))
    .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? ''))
    .orderBy('seq')
    .execute();
  return rows.map(toPairRecord);
}

/** Places per query. */
const PLACES = 500;

/** The pairs of one user by place in the file. */
export const userSource =
  (db: Db, importId: number, userId: UserId, wanted: RecordFilter): RecordSource =>
  async ([seq = 0], limit) => {
    const [places] = await findUserPairs(db, userId, importId);
    const rest = (places?.seqs ?? []).filter((place) => place > seq);
    const found: ImportRecord[] = [];
    for (let at = 0; at < rest.length && found.length < limit; at += PLACES) {
      found.push(...(await pairsAt(db, importId, rest.slice(at, at + PLACES), wanted)));
    }
    return bySeq(found.slice(0, limit));
  };
