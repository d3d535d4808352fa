import { sql } from 'kysely';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db, SentPairTable } from '../db/schema.ts';
import type { LeavingRequest } from '../delivery/sent-pairs.ts';
import { seqsOf } from '../pairs/pair-queries.ts';
import type { OrderChunk } from './order-chunks.ts';
import { keyGroup } from './order-pairs.ts';
import { wasReminded } from './reminded.ts';

/** A pair of an order that was sent in a request. */
export interface OrderMark {
  seq: number;
  groupId: GroupId;
  userId: UserId;
  requestId: string;
  phase: SentPairTable['phase'];
  attempts: number;
  /** Milliseconds until the portal has certainly ended the request; 0 or less when it has. */
  overInMs: number;
}

/**
 * Marks pairs of an order as sent, before their request leaves, and counts the attempt. Call inside `changeImport`.
 * The state is read here: only pairs that are still to be done and still invited, of an order that is running now, are
 * marked, and only people who were not reminded meanwhile. The marks of all operations have one key, so that a pair is in one request at most, over all imports.
 *
 * @returns the attempts of each marked pair, this one included; no other pair may be sent
 */
export async function markOrdered(
  db: Db,
  portal: string,
  chunk: OrderChunk,
  request: LeavingRequest,
  pairs: readonly { seq: number }[],
): Promise<Map<number, number>> {
  const now = ledgerNow(db);
  const rows = await db
    .insertInto('sent_pairs')
    .columns([
      ...(['portal', 'group_id', 'user_id', 'import_id', 'seq', 'chunk'] as const),
      ...(['request_id', 'phase', 'order_id', 'sent_at', 'ends_by'] as const),
    ])
    .expression((eb) =>
      eb
        .selectFrom('order_pairs')
        .innerJoin('orders', 'orders.id', 'order_pairs.order_id')
        .innerJoin('imports', 'imports.id', 'orders.import_id')
        .innerJoin('pairs', (join) =>
          join
            .onRef('pairs.import_id', '=', 'order_pairs.import_id')
            .onRef('pairs.seq', '=', 'order_pairs.seq'),
        )
        .select(['imports.portal', keyGroup.as('group_id'), 'order_pairs.user_id'])
        .select(['order_pairs.import_id', 'order_pairs.seq', 'order_pairs.chunk'])
        .select((select) => [
          select.val(request.id).as('request_id'),
          select.val('sent' as const).as('phase'),
          select.ref('orders.id').as('order_id'),
          now.as('sent_at'),
          sql<number>`${now} + ${request.lifetimeMs}`.as('ends_by'),
        ])
        .where('order_pairs.order_id', '=', chunk.order_id)
        .where('order_pairs.chunk', '=', chunk.number)
        .where('order_pairs.seq', 'in', seqsOf(pairs))
        .where('order_pairs.result', 'is', null)
        .where('orders.state', '=', 'running')
        .where('imports.portal', '=', portal)
        .where('imports.state', '!=', 'removed')
        .where('pairs.outcome', '=', 'invited')
        .where((of) =>
          of.or([
            of('orders.kind', '!=', 'remind'),
            of.not(wasReminded(db, sql.ref('order_pairs.user_id'))),
          ]),
        )
        .orderBy('order_pairs.group_id')
        .orderBy('order_pairs.user_id'),
    )
    .onConflict((conflict) => conflict.columns(['portal', 'group_id', 'user_id']).doNothing())
    .returning('seq')
    .execute();
  return countOrderAttempt(db, chunk.order_id, seqsOf(rows), 1);
}

/** Adds an attempt to pairs of an order, or subtracts it. @returns the attempts of each pair, by seq */
export async function countOrderAttempt(
  db: Db,
  orderId: number,
  seqs: readonly number[],
  by: 1 | -1,
): Promise<Map<number, number>> {
  if (seqs.length === 0) return new Map();
  const rows = await db
    .updateTable('order_pairs')
    .set((eb) => ({ attempts: eb('attempts', '+', by) }))
    .where('order_id', '=', orderId)
    .where('seq', 'in', seqs)
    .returning(['seq', 'attempts'])
    .execute();
  return new Map(rows.map(({ seq, attempts }) => [seq, attempts]));
}

/**
 * Removes the marks of a request, so that its pairs can be sent again.
 *
 * @param isCounted false: the request was certainly not executed, and the attempt is subtracted
 */
export async function unmarkOrdered(
  db: Db,
  { order_id, import_id }: OrderChunk,
  requestId: string,
  seqs: readonly number[],
  isCounted: boolean,
): Promise<void> {
  if (seqs.length === 0) return;
  const rows = await db
    .deleteFrom('sent_pairs')
    .where('request_id', '=', requestId)
    .where('import_id', '=', import_id)
    .where('order_id', '=', order_id)
    .where('seq', 'in', seqs)
    .returning('seq')
    .execute();
  if (!isCounted) await countOrderAttempt(db, order_id, seqsOf(rows), -1);
}

/** @returns the pairs of the chunk that were sent and have no result */
export async function readOrderMarks(db: Db, chunk: OrderChunk): Promise<OrderMark[]> {
  const now = ledgerNow(db);
  const rows = await db
    .selectFrom('sent_pairs')
    .innerJoin('order_pairs', (join) =>
      join
        .onRef('order_pairs.order_id', '=', 'sent_pairs.order_id')
        .onRef('order_pairs.seq', '=', 'sent_pairs.seq'),
    )
    .select(['sent_pairs.seq', 'order_pairs.group_id', 'order_pairs.user_id'])
    .select(['request_id', 'phase', 'order_pairs.attempts'])
    .select(sql<number>`ends_by - ${now}`.as('over_in'))
    .where('sent_pairs.import_id', '=', chunk.import_id)
    .where('sent_pairs.chunk', '=', chunk.number)
    .where('sent_pairs.order_id', '=', chunk.order_id)
    .orderBy('sent_pairs.group_id')
    .orderBy('sent_pairs.user_id')
    .execute();
  return rows.map((row) => ({
    ...{ seq: row.seq, groupId: row.group_id, userId: row.user_id, attempts: row.attempts },
    ...{ requestId: row.request_id, phase: row.phase, overInMs: Number(row.over_in) },
  }));
}

/** @returns the marks that are unchanged: no answer has come meanwhile */
export async function keepMarks(
  db: Db,
  chunk: OrderChunk,
  marks: readonly OrderMark[],
): Promise<OrderMark[]> {
  const now = new Map((await readOrderMarks(db, chunk)).map((mark) => [mark.seq, mark]));
  return marks.filter(({ seq, requestId, phase }) => {
    const mark = now.get(seq);
    return mark?.requestId === requestId && mark.phase === phase;
  });
}
