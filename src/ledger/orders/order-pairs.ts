import { sql } from 'kysely';
import type { OrderVerdict } from '../../domain/imports/order.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { writeTexts } from '../db/stored-texts.ts';
import { keysAndPairs } from '../pairs/pair-queries.ts';
import type { OrderChunk } from './order-chunks.ts';

/** An invited pair of an import, with what the ledger knows of its invitation. */
export interface InvitedPair {
  seq: number;
  groupId: GroupId;
  userId: UserId;
  /** Requests of the order with this pair that were executed, or possibly executed. */
  attempts: number;
  /** Whether the pair still has this outcome. */
  isInvited: boolean;
  /** Whether the person must not be reminded again yet; read for reminders only. */
  isReminded?: boolean | undefined;
  /** Whether the portal's answer named the user; else a reading has shown the invitation. */
  isReturned: boolean;
  /** Milliseconds since the invitation was recorded, and since its import was started; undefined when not known. */
  invitedAgoMs: number | undefined;
  startedAgoMs: number | undefined;
}

/** A pair of the preview; without a verdict it is to be done. */
export interface PreviewedPair extends Pick<InvitedPair, 'seq' | 'groupId' | 'userId'> {
  verdict?: OrderVerdict | undefined;
  details?: readonly CodedText[] | undefined;
}

/** The last pair of a part, to read on from. */
export type PairPlace = Pick<InvitedPair, 'groupId' | 'userId'>;

/** @returns the next invited pairs of an import, ordered by group and user */
export async function readInvited(
  db: Db,
  importId: number,
  after: PairPlace | undefined,
  limit: number,
): Promise<InvitedPair[]> {
  const rows = await keysAndPairs(db)
    .innerJoin('imports', 'imports.id', 'pairs.import_id')
    .select(['pairs.seq', 'pairs.group_id', 'pairs.user_id', 'pairs.outcome', 'pairs.reason'])
    .select(sql<number>`0`.as('attempts'))
    .select(agesOf(db))
    .where('pair_keys.import_id', '=', importId)
    .where(
      sql<boolean>`(pair_keys.group_id, pair_keys.user_id) > (${after?.groupId ?? 0}, ${after?.userId ?? 0})`,
    )
    .where('pairs.outcome', '=', 'invited')
    .orderBy('pair_keys.group_id')
    .orderBy('pair_keys.user_id')
    .limit(limit)
    .execute();
  return rows.map(toInvited);
}

/**
 * @returns the next pairs of a chunk that are to be done and are in no request; those that were tried least come first
 */
export async function readToDo(db: Db, chunk: OrderChunk, limit: number): Promise<InvitedPair[]> {
  const rows = await toDo(db, chunk)
    .innerJoin('orders', 'orders.id', 'order_pairs.order_id')
    .innerJoin('imports', 'imports.id', 'pairs.import_id')
    .select(['pairs.seq', 'order_pairs.group_id', 'order_pairs.user_id'])
    .select(['pairs.outcome', 'pairs.reason', 'order_pairs.attempts'])
    .select(agesOf(db))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sent_pairs')
            .select('sent_pairs.seq')
            .whereRef('sent_pairs.portal', '=', 'imports.portal')
            .where('sent_pairs.group_id', '=', keyGroup)
            .whereRef('sent_pairs.user_id', '=', 'order_pairs.user_id'),
        ),
      ),
    )
    .orderBy('order_pairs.attempts')
    .orderBy('order_pairs.group_id')
    .orderBy('order_pairs.user_id')
    .limit(limit)
    .execute();
  return rows.map(toInvited);
}

/** @returns the least number of attempts of a chunk's pairs that are to be done; undefined when there are none */
export async function leastAttempts(db: Db, chunk: OrderChunk): Promise<number | undefined> {
  const row = await toDo(db, chunk)
    .select((eb) => eb.fn.min('order_pairs.attempts').as('least'))
    .executeTakeFirst();
  return row?.least ?? undefined;
}

/** A reminder is for the person, whatever the group: its mark has none. */
export const keyGroup = sql<GroupId>`case when orders.kind = 'remind' then 0 else order_pairs.group_id end`;

const toDo = (db: Db, { order_id, number }: OrderChunk) =>
  db
    .selectFrom('order_pairs')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'order_pairs.import_id')
        .onRef('pairs.seq', '=', 'order_pairs.seq'),
    )
    .where('order_pairs.order_id', '=', order_id)
    .where('order_pairs.chunk', '=', number)
    .where('order_pairs.result', 'is', null);

/** @returns the pairs of the order without a result, in all its chunks */
export async function countToDoOf(db: Db, orderId: number): Promise<number> {
  const row = await db
    .selectFrom('order_chunks')
    .select((eb) => eb.fn.sum('unsettled').as('count'))
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Adds a part of the preview as a chunk. Call inside `changeImport`. */
export async function addPreviewed(
  tx: Db,
  { id, importId }: { id: number; importId: number },
  number: number,
  pairs: readonly PreviewedPair[],
  read: number,
): Promise<void> {
  if (pairs.length > 0) {
    await tx
      .insertInto('order_pairs')
      .values(
        pairs.map(({ seq, groupId, userId, verdict, details }) => ({
          ...{ order_id: id, seq, import_id: importId, chunk: number },
          ...{ group_id: groupId, user_id: userId, detail: writeTexts(details) },
          result: verdict?.result ?? null,
          reason: verdict?.reason ?? null,
        })),
      )
      .execute();
    const unsettled = pairs.filter(({ verdict }) => verdict === undefined).length;
    await tx
      .insertInto('order_chunks')
      .values({ order_id: id, number, import_id: importId, unsettled })
      .execute();
  }
  await tx
    .updateTable('orders')
    .set((eb) => ({ read_count: eb('read_count', '+', read) }))
    .where('id', '=', id)
    .execute();
}

function agesOf(db: Db) {
  const now = ledgerNow(db);
  return [
    sql<number | null>`${now} - pairs.settled_at`.as('invited_ago'),
    sql<number | null>`${now} - imports.started_at`.as('started_ago'),
  ] as const;
}

interface InvitedRow {
  seq: number;
  group_id: GroupId;
  user_id: UserId;
  attempts: number;
  outcome: string;
  reason: string | null;
  invited_ago: number | null;
  started_ago: number | null;
}

/** A time in the future is older than a change of the clock. */
const ageOf = (ms: number | null): number | undefined =>
  ms === null || Number(ms) < 0 ? undefined : Number(ms);

const toInvited = (row: InvitedRow): InvitedPair => ({
  ...{ seq: row.seq, groupId: row.group_id, userId: row.user_id, attempts: row.attempts },
  isInvited: row.outcome === 'invited',
  isReturned: row.reason === 'returned',
  invitedAgoMs: ageOf(row.invited_ago),
  startedAgoMs: ageOf(row.started_ago),
});
