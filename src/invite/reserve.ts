import { randomUUID } from 'node:crypto';
import type { Pair } from '../domain/pairs/pair.ts';
import { noticeLongWait } from '../ledger/imports/notices.ts';
import { readPending } from '../ledger/tallies/tallies.ts';
import type { Grant } from '../portal/budget/reservation.ts';
import { INVITE } from '../portal/methods/invite.ts';
import { countPairs, type PackedRequest, pack } from './pack.ts';
import type { StepResult, Work } from './pipeline-context.ts';

/** Longer waits, in milliseconds, give the job back to the queue instead of holding a worker. */
const PATIENCE_MS = 3_000;
/**
 * So many milliseconds earlier a job comes back, to wait for the rest itself: on the belt Redis
 * notices that a job's time has come up to a tenth of a second late.
 */
const EARLY_MS = 250;
/** Waits that a person should know of who expects the end. */
const LONG_WAIT_MS = 300_000;

/** A request that may leave now. What was reserved for it waits to be settled by its id. */
export interface ReservedRequest {
  id: string;
  commands: PackedRequest;
}

/**
 * Reserves what the next request needs and waits until it may leave. The budget says how many
 * pairs it carries.
 *
 * @param unsent at least one pair
 */
export async function reserve(
  work: Work,
  importId: number,
  unsent: readonly Pair[],
  signal: AbortSignal,
): Promise<StepResult<ReservedRequest>> {
  const { budget } = work.client;
  const id = randomUUID();
  const wish = {
    id,
    method: INVITE,
    pairs: countPairs(nextRequest(unsent, Number.MAX_SAFE_INTEGER)),
    patienceMs: PATIENCE_MS,
    lifetimeMs: work.client.overAfterMs,
  };
  const since = work.clock.monotonic();
  for (;;) {
    if (signal.aborted) return { kind: 'interrupted' };
    const heard = budget.freedCount;
    const pending = await readPending(work.db, importId);
    const grant = await budget.reserve({ ...wish, pending });
    if (grant.granted) {
      work.observer?.budgetWaited((work.clock.monotonic() - since + grant.waitMs) / 1_000);
      return leave(work, id, unsent, grant, signal);
    }
    if (grant.why !== 'others' && grant.waitMs > PATIENCE_MS) {
      work.observer?.budgetWaited(grant.waitMs / 1_000);
      if (grant.waitMs > LONG_WAIT_MS) {
        await noticeLongWait(work.db, importId, new Date(work.clock.now() + grant.waitMs));
      }
      return { kind: 'later', afterMs: grant.waitMs - EARLY_MS, why: grant.why };
    }
    await budget.freed(heard, grant.waitMs, signal);
  }
}

async function leave(
  { client, clock }: Work,
  id: string,
  unsent: readonly Pair[],
  { pairs, waitMs }: Extract<Grant, { granted: true }>,
  signal: AbortSignal,
): Promise<StepResult<ReservedRequest>> {
  if (waitMs > 0) await clock.sleep(waitMs, signal);
  if (!signal.aborted) return { id, commands: nextRequest(unsent, pairs) };
  await client.budget.release(id);
  return { kind: 'interrupted' };
}

function nextRequest(unsent: readonly Pair[], maxPairs: number): PackedRequest {
  const [first] = pack(unsent, maxPairs);
  if (first === undefined) throw new RangeError('nothing to send');
  return first;
}
