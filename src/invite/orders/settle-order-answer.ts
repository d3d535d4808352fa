import type { Order, OrderVerdict } from '../../domain/imports/order.ts';
import type { Pair } from '../../domain/pairs/pair.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { readMarkedBy } from '../../ledger/delivery/read-sent.ts';
import { markOver, markSilent } from '../../ledger/delivery/sent-pairs.ts';
import type { OrderChunk } from '../../ledger/orders/order-chunks.ts';
import { unmarkOrdered } from '../../ledger/orders/order-marks.ts';
import { type OrderSettlement, settleOrderPairs } from '../../ledger/orders/settle-order.ts';
import { failureDetail } from '../failure-detail.ts';
import { aloneOf, matchAnswer, type PairAnswer } from '../operations/match-answer.ts';
import type { Operation } from '../operations/operation.ts';
import { ORDERED } from '../operations/operations.ts';
import { recordAnswer } from '../operations/record-answer.ts';
import type { PipelineContext } from '../pipeline-context.ts';
import type { SentRequest } from '../send.ts';

/** How often the portal may do nothing with a pair that a reading has found fit, before the pair is refused. */
const MOST_LEFT_OUT = 2;

/** What the answer is about. */
interface Answered {
  order: Pick<Order, 'kind'>;
  range: OrderChunk;
  operation: Operation;
}

/**
 * Records the result of an order's request in one transaction: results, marks, the import's outcomes. It uses the
 * request's id and not the chunk's owner, so that no answer is lost.
 *
 * @returns pairs to be sent again in their own requests, grouped by command
 */
export async function settleOrderAnswer(
  context: PipelineContext,
  { order, range, operation }: Answered,
  request: SentRequest,
  signal: AbortSignal,
): Promise<readonly (readonly Pair[])[]> {
  const { id, answer } = request;
  const { conclude } = ORDERED[order.kind];
  const byCommand = matchAnswer(operation, request);
  const all = byCommand.flatMap((answers) => [...answers]);
  const record = async (tx: Db) => {
    const importId = range.import_id;
    const marked = await readMarkedBy(tx, importId, id);
    // What was done is recorded even if a reading has removed the mark and not found out about it.
    const answers = all.filter(([{ seq }, { kind }]) => marked.has(seq) || kind === 'done');
    const settlements = answers.flatMap(([pair, said]): OrderSettlement[] => {
      const found = verdictOf(pair, said, { maxAttempts: context.maxAttempts, conclude });
      if (found === undefined) return [];
      const details = 'failure' in said && said.failure ? [failureDetail(said.failure)] : [];
      return [{ seq: pair.seq, verdict: found, details }];
    });
    await settleOrderPairs(tx, range, settlements, id);
    const settled = new Set(settlements.map(({ seq }) => seq));
    const seqs = (...kinds: PairAnswer['kind'][]) =>
      answers
        .filter(([{ seq }, said]) => kinds.includes(said.kind) && !settled.has(seq))
        .map(([{ seq }]) => seq);
    await unmarkOrdered(tx, range, id, seqs('returned', 'alone'), false);
    await unmarkOrdered(tx, range, id, seqs('failed', 'left_out'), true);
    await markSilent(tx, importId, id, seqs('uncounted'));
    if (answer.ok) await markOver(tx, importId, id, seqs('in_doubt'));
  };
  await recordAnswer(context, { importId: range.import_id, requestId: id }, record, signal);
  return aloneOf(byCommand);
}

/** @returns undefined when the pair is to be sent again, or read first */
function verdictOf(
  { attempts }: Pair,
  { kind }: PairAnswer,
  { maxAttempts, conclude }: { maxAttempts: number; conclude: unknown },
): OrderVerdict | undefined {
  switch (kind) {
    case 'done':
      return { result: 'done', reason: 'answered' };
    case 'no_group':
      return { result: 'refused', reason: 'group_unseen' };
    case 'left_out':
      return attempts >= MOST_LEFT_OUT ? { result: 'refused', reason: 'declined' } : undefined;
    case 'failed':
      return attempts >= maxAttempts ? { result: 'refused', reason: 'portal_error' } : undefined;
    case 'in_doubt':
    case 'uncounted':
      // No reading can show what became of it.
      return conclude === undefined ? { result: 'unknown', reason: 'no_answer' } : undefined;
    case 'returned':
    case 'alone':
      return undefined;
    default:
      return kind satisfies never;
  }
}
