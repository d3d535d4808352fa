import { randomUUID } from 'node:crypto';
import type { Pair } from '../domain/pairs/pair.ts';
import type { Reservation } from '../portal/budget/reservation.ts';
import type { Delivery } from './operations/delivery.ts';
import type { Operation } from './operations/operation.ts';
import { countPairs, type PackedRequest, pack } from './pack.ts';
import type { PipelineContext, StepResult } from './pipeline-context.ts';

/** Longest wait in a worker, in milliseconds; for a longer one the job returns to the queue. */
const TIMEOUT_MS = 3_000;
/**
 * How much earlier than necessary a job returns from the queue, in milliseconds; it waits for the rest in
 * the worker. The queue starts a delayed job up to a tenth of a second late.
 */
const EARLY_MS = 250;
/** Waits above this are reported as a notice, in milliseconds. */
const LONG_WAIT_MS = 300_000;

/** A request that may be sent now. Its reservation is settled by its id. */
export interface ReservedRequest {
  id: string;
  commands: PackedRequest;
}

/**
 * Reserves what the next request needs and waits until it may be sent. The budget decides how many pairs it
 * carries.
 *
 * @param unsent at least one pair
 */
export async function reserve(
  context: PipelineContext,
  delivery: Delivery,
  unsent: readonly Pair[],
  signal: AbortSignal,
): Promise<StepResult<ReservedRequest>> {
  const { budget } = context.client;
  const id = randomUUID();
  const largest = nextRequest(delivery.operation, unsent, Number.MAX_SAFE_INTEGER);
  const request = {
    id,
    method: delivery.operation.method,
    pairs: countPairs(largest),
    inOneCall: countPairs(largest.slice(0, 1)),
    maxWaitMs: TIMEOUT_MS,
    lifetimeMs: context.client.overAfterMs,
  };
  const since = context.clock.monotonic();
  for (;;) {
    if (signal.aborted) return { kind: 'interrupted' };
    const releasedBefore = budget.releasedCount;
    const reservation = await context.priority.run(async () =>
      budget.reserve({ ...request, pending: await delivery.countPending() }),
    );
    if (reservation.granted) {
      context.observer?.budgetWaited(
        (context.clock.monotonic() - since + reservation.waitMs) / 1_000,
      );
      return leave(context, delivery.operation, id, unsent, reservation, signal);
    }
    if (reservation.why !== 'others' && reservation.waitMs > TIMEOUT_MS) {
      context.observer?.budgetWaited(reservation.waitMs / 1_000);
      if (reservation.waitMs > LONG_WAIT_MS) {
        await delivery.noticeLongWait(new Date(context.clock.now() + reservation.waitMs));
      }
      return { kind: 'later', afterMs: reservation.waitMs - EARLY_MS, why: reservation.why };
    }
    await budget.waitForRelease(releasedBefore, reservation.waitMs, signal);
  }
}

async function leave(
  { client, clock }: PipelineContext,
  operation: Operation,
  id: string,
  unsent: readonly Pair[],
  { pairs, waitMs }: Extract<Reservation, { granted: true }>,
  signal: AbortSignal,
): Promise<StepResult<ReservedRequest>> {
  if (waitMs > 0) await clock.sleep(waitMs, signal);
  if (!signal.aborted) return { id, commands: nextRequest(operation, unsent, pairs) };
  await client.budget.release(id);
  return { kind: 'interrupted' };
}

function nextRequest(
  { maxUsers }: Operation,
  unsent: readonly Pair[],
  maxPairs: number,
): PackedRequest {
  const [first] = pack(unsent, maxPairs, maxUsers);
  if (first === undefined) throw new RangeError('nothing to send');
  return first;
}
