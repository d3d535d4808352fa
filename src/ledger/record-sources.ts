import { sql } from 'kysely';
import type { GroupId, UserId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import { type ImportRecord, toIssueRecord, toPairRecord } from './records.ts';
import type { Db } from './schema.ts';
import { findUserPairs } from './user-pairs.ts';

/** Where a record stands in the order in which its source gives them. */
export type Position = readonly number[];

export interface Placed {
  at: Position;
  record: ImportRecord;
}

/** Gives records in an order of its own: those after a place, so many at most. */
export type Source = (after: Position, limit: number) => Promise<Placed[]>;

/** What a person wants to see of an import. */
export interface Wanted {
  outcome?: Outcome | undefined;
  reason?: string | undefined;
  groupId?: GroupId | undefined;
  userId?: UserId | undefined;
}

const bySeq = (records: ImportRecord[]): Placed[] =>
  records.map((record) => ({ at: [record.seq], record }));

/** Several sources by place in the file as one. */
export const merged =
  (sources: readonly Source[]): Source =>
  async (after, limit) => {
    const found = await Promise.all(sources.map((source) => source(after, limit)));
    return found
      .flat()
      .sort((a, b) => a.record.seq - b.record.seq)
      .slice(0, limit);
  };

const pairsOf = (db: Db, importId: number, { outcome, reason, groupId }: Wanted) =>
  db
    .selectFrom('pairs')
    .selectAll()
    .where('import_id', '=', importId)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'pending'))
    .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? ''))
    .$if(groupId !== undefined, (query) => query.where('group_id', '=', groupId as GroupId));

/** The pairs by place in the file; with a reason through the index of reasons. */
export const pairSource =
  (db: Db, importId: number, wanted: Wanted): Source =>
  async ([seq = 0], limit) =>
    bySeq(
      (
        await pairsOf(db, importId, wanted)
          .where('seq', '>', seq)
          .orderBy('seq')
          .limit(limit)
          .execute()
      ).map(toPairRecord),
    );

/** The pairs of one group by user. */
export const groupSource =
  (db: Db, importId: number, groupId: GroupId, { outcome, reason }: Wanted): Source =>
  async ([user = 0], limit) => {
    const rows = await db
      .selectFrom('pair_keys')
      .innerJoin('pairs', (join) =>
        join
          .onRef('pairs.import_id', '=', 'pair_keys.import_id')
          .onRef('pairs.seq', '=', 'pair_keys.seq'),
      )
      .selectAll('pairs')
      .where('pair_keys.import_id', '=', importId)
      .where('pair_keys.group_id', '=', groupId)
      .where('pair_keys.user_id', '>', user as UserId)
      .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'pending'))
      .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? ''))
      .orderBy('pair_keys.user_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ at: [row.user_id], record: toPairRecord(row) }));
  };

/** The pairs without an outcome by group and user: only chunks that have any are looked into. */
export const pendingSource =
  (db: Db, importId: number): Source =>
  async ([group = 0, user = 0], limit) => {
    const { rows } = await sql<{ seq: number; group_id: number; user_id: number }>`
      select pairs.seq, pairs.group_id, pairs.user_id
      from chunks
      cross join pair_keys
        on pair_keys.import_id = chunks.import_id
        and (pair_keys.group_id, pair_keys.user_id) >= (chunks.first_group, chunks.first_user)
        and (pair_keys.group_id, pair_keys.user_id) <= (chunks.last_group, chunks.last_user)
      cross join pairs on pairs.import_id = pair_keys.import_id and pairs.seq = pair_keys.seq
      where chunks.import_id = ${importId} and chunks.unsettled > 0
        and (chunks.last_group, chunks.last_user) > (${group}, ${user})
        and (pair_keys.group_id, pair_keys.user_id) > (${group}, ${user})
        and pairs.outcome = 'pending'
      order by chunks.number, pair_keys.group_id, pair_keys.user_id
      limit ${limit}`.execute(db);
    if (rows.length === 0) return [];
    const records = await pairsAt(
      db,
      importId,
      rows.map(({ seq }) => seq),
    );
    const bySeqs = new Map(records.map((record) => [record.seq, record]));
    return rows.flatMap((row) => {
      const record = bySeqs.get(row.seq);
      return record === undefined ? [] : [{ at: [row.group_id, row.user_id], record }];
    });
  };

async function pairsAt(db: Db, importId: number, seqs: readonly number[]): Promise<ImportRecord[]> {
  const rows = await pairsOf(db, importId, {}).where('seq', 'in', seqs).orderBy('seq').execute();
  return rows.map(toPairRecord);
}

/** Places that are looked up at once. */
const PLACES = 500;

/** The pairs of one person by place in the file. */
export const userSource =
  (db: Db, importId: number, userId: UserId, wanted: Wanted): Source =>
  async ([seq = 0], limit) => {
    const [places] = await findUserPairs(db, userId, importId);
    const rest = (places?.seqs ?? []).filter((place) => place > seq);
    const found: ImportRecord[] = [];
    for (let at = 0; at < rest.length && found.length < limit; at += PLACES) {
      const records = await pairsAt(db, importId, rest.slice(at, at + PLACES));
      found.push(...records.filter((record) => isWanted(record, wanted)));
    }
    return bySeq(found.slice(0, limit));
  };

const isWanted = (record: ImportRecord, { outcome, reason, groupId }: Wanted): boolean =>
  (outcome === undefined || record.outcome === outcome) &&
  (reason === undefined || record.reason === reason) &&
  (groupId === undefined || record.groupId === String(groupId));

/** Duplicates and rejects by place in the file. */
export const issueSource =
  (db: Db, importId: number, { outcome, reason, groupId, userId }: Wanted): Source =>
  async ([seq = 0], limit) =>
    bySeq(
      (
        await db
          .selectFrom('row_issues')
          .selectAll()
          .where('import_id', '=', importId)
          .where('seq', '>', seq)
          .$if(outcome !== undefined, (query) => query.where('outcome', '=', issueOf(outcome)))
          .$if(reason !== undefined, (query) => query.where('reason', '=', reason ?? ''))
          .$if(groupId !== undefined, (query) => query.where('group_cell', '=', String(groupId)))
          .$if(userId !== undefined, (query) =>
            query.where(sql<boolean>`lower(user_cell) = ${String(userId)}`),
          )
          .orderBy('seq')
          .limit(limit)
          .execute()
      ).map(toIssueRecord),
    );

const issueOf = (outcome: Outcome | undefined) =>
  outcome === 'duplicate' ? 'duplicate' : 'rejected';
