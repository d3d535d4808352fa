import type { Order, OrderMeans } from '../../domain/imports/order.ts';
import type { Pair } from '../../domain/pairs/pair.ts';
import { Deadline } from '../../domain/time/deadline.ts';
import { findHoldAgainst } from '../../ledger/delivery/holds.ts';
import { markOrdered } from '../../ledger/orders/order-marks.ts';
import { countToDoOf, type InvitedPair } from '../../ledger/orders/order-pairs.ts';
import { findOrder } from '../../ledger/orders/order-store.ts';
import type { Delivery, Marked } from '../operations/delivery.ts';
import { ORDERED } from '../operations/operations.ts';
import { type PipelineContext, type StepResult, waitForQuietHours } from '../pipeline-context.ts';
import { settleOrderAnswer } from './settle-order-answer.ts';
import { type OwnedOrderChunk, withOrderOwnership } from './with-order-ownership.ts';

/** An order that is being carried out. */
export type RunningOrder = Order & { means: OrderMeans };

/** Pairs that a reading has found fit to be sent. */
export interface Ready {
  pairs: readonly InvitedPair[];
  /** When the reading began, in milliseconds of the monotonic clock. */
  readAt: number;
}

/** Delivers what was read a moment ago of an order's chunk. */
export function orderDelivery(
  context: PipelineContext,
  order: RunningOrder,
  chunk: OwnedOrderChunk,
  ready: Ready,
): Delivery {
  const { range, probe } = chunk;
  const operation = ORDERED[order.kind].with(order.means);
  const { message } = order;
  return {
    operation,
    probe,
    logged: { importId: range.import_id, order: range.order_id, chunk: range.number },
    readUnsent: async () =>
      ready.pairs.map(({ seq, groupId, userId, attempts }) => ({
        ...{ seq, groupId, userId, attempts, message },
      })),
    countPending: () => countToDoOf(context.db, range.order_id),
    // The page shows an order's progress; a long wait of the import would be another message.
    noticeLongWait: async () => {},
    mark: (id, pairs) => mark(context, order, chunk, ready, { id, pairs }),
    settle: (request, signal) =>
      settleOrderAnswer(context, { order, range, operation }, request, signal),
  };
}

/** A reading that is too old is repeated, in the next turn. */
function mark(
  context: PipelineContext,
  { kind }: RunningOrder,
  chunk: OwnedOrderChunk,
  { readAt }: Ready,
  { id, pairs }: { id: string; pairs: readonly Pair[] },
): Promise<StepResult<Marked>> {
  const { db, client, clock } = context;
  const { range, probe } = chunk;
  const { portal } = client.webhook;
  const request = { id, lifetimeMs: client.overAfterMs };
  return withOrderOwnership(db, chunk, async (tx): Promise<StepResult<Marked>> => {
    const code = await findHoldAgainst(tx, portal, probe, request.lifetimeMs);
    if (code !== undefined) return { kind: 'held', code };
    const quiet = ORDERED[kind].notifies ? waitForQuietHours(context) : undefined;
    if (quiet) return quiet;
    if (clock.monotonic() - readAt > ORDERED[kind].freshMs) return { kind: 'yielded' };
    const leaveBy = new Deadline(clock, client.leaveWithinMs);
    const attempts = await markOrdered(tx, portal, range, request, pairs);
    if (attempts.size > 0) return { leaveBy, attempts };
    const state = (await findOrder(tx, range.order_id))?.state;
    return state === 'running' ? { leaveBy, attempts } : { kind: 'dropped', why: 'not_running' };
  });
}
