import type { Order } from '../../domain/imports/order.ts';
import { readLedgerNow } from '../../ledger/db/now.ts';
import { restartLifetimes, restartOver } from '../../ledger/delivery/read-sent.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { claimOrderChunk, type OrderChunk } from '../../ledger/orders/order-chunks.ts';
import { readOrderMarks } from '../../ledger/orders/order-marks.ts';
import { leastAttempts, readToDo } from '../../ledger/orders/order-pairs.ts';
import { findOrder } from '../../ledger/orders/order-store.ts';
import { afterReading } from '../lookup/after-reading.ts';
import { ORDERED } from '../operations/operations.ts';
import {
  type ChunkResult,
  type PipelineContext,
  pauseAfter,
  type ShutdownSignals,
  type StepResult,
  waitForQuietHours,
} from '../pipeline-context.ts';
import { unlessHeld } from '../portal-hold.ts';
import { sendAll } from '../send-all.ts';
import { concludeMarks } from './conclude-marks.ts';
import { orderDelivery, type Ready, type RunningOrder } from './order-delivery.ts';
import { readViews } from './read-views.ts';
import { recordJudged } from './record-judged.ts';
import type { OwnedOrderChunk } from './with-order-ownership.ts';
import { withReminders } from './with-reminders.ts';

/** Most pairs that are read before the next requests: more would be too old before they are sent. */
const READ_AT_ONCE = 200;
/** How long to wait, in milliseconds, for another request that has the same pairs in flight. */
const IN_FLIGHT_ELSEWHERE_MS = 2_000;

/** Names a chunk of an order. */
export interface OrderTurn {
  importId: number;
  orderId: number;
  number: number;
}

/**
 * Runs a turn of an order's chunk, unless the portal is held: finds out what requests without an answer did, reads the
 * next pairs, and sends those that the reading shows to be fit.
 *
 * @param owner a name unique to this turn; it takes the chunk over from its previous owner
 */
export async function runOrderChunk(
  context: PipelineContext,
  turn: OrderTurn,
  owner: string,
  signals: ShutdownSignals,
): Promise<ChunkResult> {
  const { db, client } = context;
  const order = await findOrder(db, turn.orderId);
  const parent = await findImport(db, turn.importId);
  if (order?.means == null || parent === undefined || !takesTurns(order)) {
    return { kind: 'dropped', why: 'not_running' };
  }
  if (parent.portal !== client.webhook.portal) return { kind: 'dropped', why: 'other_portal' };
  const running = { ...order, means: order.means };
  return unlessHeld(context, signals.stop, (probe) =>
    takeTurn(context, running, turn, { owner, probe }, signals),
  );
}

/** A cancelled order sends nothing, but its requests still get their results. */
const takesTurns = ({ state }: Order): boolean => state === 'running' || state === 'cancelled';

async function takeTurn(
  context: PipelineContext,
  order: RunningOrder,
  turn: OrderTurn,
  who: { owner: string; probe: number | undefined },
  signals: ShutdownSignals,
): Promise<ChunkResult> {
  const { db } = context;
  const range = await claimOrderChunk(db, turn, who.owner);
  if (range === undefined) return { kind: 'settled' };
  await watchClock(context, range);
  const chunk = { range, ...who };
  const stop =
    (await concludeOver(context, order, chunk, signals)) ??
    (await readAndSend(context, order, chunk, signals));
  return stop ?? nextTurn(context, range);
}

/** The lifetimes of requests restart when the ledger's clock was set meanwhile. */
async function watchClock({ db, client, reading }: PipelineContext, range: OrderChunk) {
  const { overAfterMs } = client;
  const wasSetForward = reading.ledgerClock.observe(await readLedgerNow(db), overAfterMs);
  if (wasSetForward) await restartOver(db, range, overAfterMs);
  await restartLifetimes(db, range);
}

async function concludeOver(
  context: PipelineContext,
  order: RunningOrder,
  chunk: OwnedOrderChunk,
  { stop, abort }: ShutdownSignals,
): Promise<StepResult> {
  const marks = await readOrderMarks(context.db, chunk.range);
  const over = marks.filter(({ overInMs }) => overInMs <= 0);
  if (over.length === 0) return undefined;
  if (stop.aborted) return { kind: 'interrupted' };
  const result = await concludeMarks(context, order, chunk, over, abort);
  return afterReading(context, chunk, over, result, abort);
}

async function readAndSend(
  context: PipelineContext,
  order: RunningOrder,
  chunk: OwnedOrderChunk,
  signals: ShutdownSignals,
): Promise<StepResult> {
  const { db, clock } = context;
  if ((await findOrder(db, order.id))?.state !== 'running') return undefined;
  const quiet = ORDERED[order.kind].notifies ? waitForQuietHours(context) : undefined;
  if (quiet) return quiet;
  const toDo = await readToDo(db, chunk.range, READ_AT_ONCE);
  const pairs = await withReminders(db, order, toDo);
  if (pairs.length === 0) return undefined;
  if (signals.stop.aborted) return { kind: 'interrupted' };
  const readAt = clock.monotonic();
  const viewOf = await readViews(context, ORDERED[order.kind], pairs, signals.abort);
  if (signals.abort.aborted) return { kind: 'interrupted' };
  if (viewOf === undefined) return { kind: 'yielded' };
  const judged = await recordJudged(context, order, chunk, pairs, viewOf);
  if ('kind' in judged) return judged;
  const stopped = await afterReading(context, chunk, pairs, judged, signals.abort);
  if (stopped !== undefined) return stopped;
  const ready: Ready = { pairs: judged.ready, readAt };
  const sent = await sendAll(context, orderDelivery(context, order, chunk, ready), signals);
  if (sent !== undefined) return sent;
  // The next pairs of the chunk are read and sent in another turn.
  return pairs.length === READ_AT_ONCE ? { kind: 'yielded' } : undefined;
}

/** @returns when the chunk's remaining pairs get their next turn */
async function nextTurn(context: PipelineContext, range: OrderChunk): Promise<ChunkResult> {
  const { db } = context;
  const marks = await readOrderMarks(db, range);
  const state = (await findOrder(db, range.order_id))?.state;
  const isRunning = state === 'running';
  const least = isRunning ? await leastAttempts(db, range) : undefined;
  if (marks.length === 0 && least === undefined) {
    return state === 'cancelled' ? { kind: 'dropped', why: 'not_running' } : { kind: 'settled' };
  }
  const waits = marks.map(({ overInMs, attempts }) =>
    overInMs > 0 ? overInMs : pauseAfter(context, Math.max(1, attempts)),
  );
  const waiting = isRunning ? await readToDo(db, range, 1) : [];
  for (const { attempts } of waiting) waits.push(pauseAfter(context, Math.max(1, attempts)));
  if (waits.length === 0) {
    return { kind: 'later', afterMs: IN_FLIGHT_ELSEWHERE_MS, why: 'in_flight_elsewhere' };
  }
  return { kind: 'later', afterMs: Math.min(...waits), why: 'retry' };
}
