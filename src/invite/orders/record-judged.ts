import { countOrderAttempt } from '../../ledger/orders/order-marks.ts';
import type { InvitedPair } from '../../ledger/orders/order-pairs.ts';
import { type OrderSettlement, settleOrderPairs } from '../../ledger/orders/settle-order.ts';
import { failureDetail } from '../failure-detail.ts';
import { countsAsAttempt } from '../failure-policy.ts';
import type { Unread } from '../lookup/record-findings.ts';
import { ORDERED } from '../operations/operations.ts';
import type { OrderFinding, OrderView } from '../operations/ordered-operation.ts';
import type { PipelineContext, StepResult } from '../pipeline-context.ts';
import type { RunningOrder } from './order-delivery.ts';
import { type OwnedOrderChunk, withOrderOwnership } from './with-order-ownership.ts';

/** The pairs that may be sent now, and what could not be read. */
export interface Judged extends Unread {
  ready: InvitedPair[];
}

const NOT_OURS: OrderFinding = {
  kind: 'settled',
  verdict: { result: 'kept', reason: 'not_ours' },
};

/**
 * Records what a reading says about pairs that are to be done: those that are not to be sent get their result. A
 * failed reading counts as an attempt if another may fail in the same way.
 */
export async function recordJudged(
  context: PipelineContext,
  order: RunningOrder,
  chunk: OwnedOrderChunk,
  pairs: readonly InvitedPair[],
  viewOf: (pair: InvitedPair) => OrderView,
): Promise<StepResult<Judged>> {
  const { judge } = ORDERED[order.kind];
  const ready: InvitedPair[] = [];
  const settlements: OrderSettlement[] = [];
  const failures: Unread['failures'][number][] = [];
  const counted: number[] = [];
  for (const pair of pairs) {
    const { seq, attempts } = pair;
    const found = pair.isInvited ? judge(pair, viewOf(pair), order.means) : NOT_OURS;
    switch (found.kind) {
      case 'send':
        ready.push(pair);
        break;
      case 'settled':
        settlements.push({ seq, verdict: found.verdict, details: found.details });
        break;
      case 'wait': {
        const counts = countsAsAttempt(found.failure);
        failures.push(found.failure);
        if (counts && attempts + 1 >= context.maxAttempts) {
          const verdict = { result: 'refused', reason: 'not_read' } as const;
          settlements.push({ seq, verdict, details: [failureDetail(found.failure)] });
        } else if (counts) counted.push(seq);
        break;
      }
      default:
        found satisfies never;
    }
  }
  const recorded = await withOrderOwnership(context.db, chunk, async (tx) => {
    await settleOrderPairs(tx, chunk.range, settlements);
    await countOrderAttempt(tx, chunk.range.order_id, counted, 1);
    return 'recorded' as const;
  });
  if (recorded !== 'recorded') return recorded;
  return { ready, failures: [...new Set(failures)] };
}
