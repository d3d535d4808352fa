import {
  countOrderAttempt,
  keepMarks,
  type OrderMark,
  unmarkOrdered,
} from '../../ledger/orders/order-marks.ts';
import { type OrderSettlement, settleOrderPairs } from '../../ledger/orders/settle-order.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import { failureDetail } from '../failure-detail.ts';
import { countsAsAttempt } from '../failure-policy.ts';
import { type GroupView, peopleOf } from '../lookup/group-relations.ts';
import type { Unread } from '../lookup/record-findings.ts';
import { ORDERED } from '../operations/operations.ts';
import type { OrderFinding } from '../operations/ordered-operation.ts';
import type { PipelineContext, StepResult } from '../pipeline-context.ts';
import type { RunningOrder } from './order-delivery.ts';
import { type OwnedOrderChunk, withOrderOwnership } from './with-order-ownership.ts';

const NO_ANSWER = { result: 'unknown', reason: 'no_answer' } as const;

/**
 * Finds out what requests without an answer did, by reading their groups. Nothing is sent again before that; where no
 * reading can show it, nothing is sent again at all.
 *
 * @param over marks of requests that have certainly ended, as just read
 */
export async function concludeMarks(
  context: PipelineContext,
  order: RunningOrder,
  chunk: OwnedOrderChunk,
  over: readonly OrderMark[],
  signal: AbortSignal,
): Promise<StepResult<Unread>> {
  const { conclude } = ORDERED[order.kind];
  const groups =
    conclude === undefined
      ? new Map<number, GroupView>()
      : await context.reading.relations.readGroups(peopleOf(over), signal);
  return withOrderOwnership(context.db, chunk, async (tx): Promise<Unread> => {
    const settlements: OrderSettlement[] = [];
    const failures: PortalFailure[] = [];
    // The chunk's previous owner may have received the answer after all.
    for (const mark of await keepMarks(tx, chunk.range, over)) {
      const { seq, groupId, userId, requestId, phase } = mark;
      const view = groups.get(groupId) ?? { kind: 'no_scope' };
      const found = conclude?.(view, userId) ?? settledAs(NO_ANSWER);
      // An attempt does not count when the portal was silent.
      const isCounted = phase !== 'silent';
      if (found.kind === 'settled') settlements.push({ seq, ...found });
      if (found.kind === 'send') {
        const isLast = isCounted && mark.attempts >= context.maxAttempts;
        if (isLast) {
          settlements.push({ seq, verdict: { result: 'refused', reason: 'portal_error' } });
        } else await unmarkOrdered(tx, chunk.range, requestId, [seq], isCounted);
      }
      if (found.kind !== 'wait') continue;
      const counts = countsAsAttempt(found.failure);
      failures.push(found.failure);
      if (counts && mark.attempts >= context.maxAttempts) {
        settlements.push({ seq, verdict: NO_ANSWER, details: [failureDetail(found.failure)] });
      } else if (counts) await countOrderAttempt(tx, chunk.range.order_id, [seq], 1);
    }
    await settleOrderPairs(tx, chunk.range, settlements);
    return { failures: [...new Set(failures)] };
  });
}

const settledAs = (verdict: typeof NO_ANSWER): OrderFinding => ({ kind: 'settled', verdict });
