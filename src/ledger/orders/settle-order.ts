import type { OrderVerdict } from '../../domain/imports/order.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { writeTexts } from '../db/stored-texts.ts';
import { recordAudit } from '../imports/audit.ts';
import { seqsOf } from '../pairs/pair-queries.ts';
import { countMoved } from '../tallies/count-moved.ts';
import type { OrderChunk } from './order-chunks.ts';
import { countToDoOf } from './order-pairs.ts';
import { changeOrder, findOrder, readOrderTallies } from './order-store.ts';

/** What became of a pair of an order. */
export interface OrderSettlement {
  seq: number;
  verdict: OrderVerdict;
  details?: readonly CodedText[] | undefined;
}

/**
 * Records results of a chunk's pairs, and what follows from them: the marks, the chunk's count, the outcomes of the
 * import, and the order's state. Call inside `changeImport`. A pair that has a result keeps it, except an unknown one
 * that a late answer settles.
 *
 * @param requestId request that loses its marks. @default any request of the order
 */
export async function settleOrderPairs(
  tx: Db,
  chunk: OrderChunk,
  settlements: readonly OrderSettlement[],
  requestId?: string,
): Promise<void> {
  if (settlements.length === 0) return;
  const order = await findOrder(tx, chunk.order_id);
  if (order === undefined) return;
  for (const some of groupByVerdict(settlements)) {
    const [{ verdict, details }] = some as [OrderSettlement];
    const seqs = seqsOf(some);
    const settled = await settleSome(tx, chunk, seqs, verdict, details);
    if (order.kind === 'withdraw' && verdict.result === 'done') {
      await recordWithdrawn(tx, chunk.import_id, settled);
    }
    await tx
      .deleteFrom('sent_pairs')
      .where('import_id', '=', chunk.import_id)
      .where('order_id', '=', chunk.order_id)
      .where('seq', 'in', seqs)
      .$if(requestId !== undefined, (query) => query.where('request_id', '=', requestId ?? ''))
      .execute();
  }
  await finishOrderWhenSettled(tx, chunk.order_id);
}

/** @returns the places of the pairs that have this result now */
async function settleSome(
  tx: Db,
  chunk: OrderChunk,
  seqs: readonly number[],
  { result, reason }: OrderVerdict,
  details: readonly CodedText[] | undefined,
): Promise<number[]> {
  const change = { result, reason, detail: writeTexts(details), settled_at: ledgerNow(tx) };
  const settle = (before: 'unknown' | null) =>
    tx
      .updateTable('order_pairs')
      .set(change)
      .where('order_id', '=', chunk.order_id)
      .where('seq', 'in', seqs)
      .where('result', before === null ? 'is' : '=', before)
      .returning('seq')
      .execute();
  const corrected = result === 'done' ? await settle('unknown') : [];
  const settled = await settle(null);
  await tx
    .updateTable('order_chunks')
    .set((eb) => ({ unsettled: eb('unsettled', '-', settled.length) }))
    .where('order_id', '=', chunk.order_id)
    .where('number', '=', chunk.number)
    .execute();
  return seqsOf([...settled, ...corrected]);
}

/** Pairs of the import are `withdrawn/by_user` from now on; one with another outcome keeps it. */
async function recordWithdrawn(tx: Db, importId: number, seqs: readonly number[]): Promise<void> {
  if (seqs.length === 0) return;
  const invited = await tx
    .selectFrom('pairs')
    .select(['seq', 'group_id', 'reason'])
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .where('outcome', '=', 'invited')
    .execute();
  const withdrawn = { outcome: 'withdrawn', reason: 'by_user' } as const;
  for (const [reason, pairs] of Map.groupBy(invited, (pair) => pair.reason)) {
    await tx
      .updateTable('pairs')
      .set({ ...withdrawn, detail: null, settled_at: ledgerNow(tx) })
      .where('import_id', '=', importId)
      .where('seq', 'in', seqsOf(pairs))
      .execute();
    await countMoved(tx, { import_id: importId }, pairs, { outcome: 'invited', reason }, withdrawn);
  }
}

/** Finishes a running order without pairs to do, and records its result in the audit trail. */
export async function finishOrderWhenSettled(tx: Db, orderId: number): Promise<void> {
  if ((await countToDoOf(tx, orderId)) > 0) return;
  if (!(await changeOrder(tx, orderId, ['running'], 'finished'))) return;
  const order = await findOrder(tx, orderId);
  if (order === undefined) return;
  const tallies = await readOrderTallies(tx, orderId);
  const count = (isWanted: boolean) =>
    tallies
      .filter(({ result }) => (result === 'done') === isWanted)
      .reduce((sum, tally) => sum + tally.count, 0);
  const action = order.kind === 'withdraw' ? 'undo result' : 'remind result';
  const detail = auditDetail('ordered', { done: count(true), others: count(false) });
  await recordAudit(tx, { importId: order.importId, actor: 'worker', action, detail });
}

const groupByVerdict = (settlements: readonly OrderSettlement[]): Iterable<OrderSettlement[]> =>
  Map.groupBy(settlements, ({ verdict, details }) => JSON.stringify([verdict, details])).values();
