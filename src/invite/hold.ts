import { recordAudit } from '../ledger/audit.ts';
import {
  failProbe,
  putOnHold,
  readHold,
  releaseHold,
  returnProbe,
  takeProbe,
} from '../ledger/holds.ts';
import { describeFailure, type PortalFailure } from '../portal/failure.ts';
import { remedyFor } from '../portal/remedy.ts';
import { backoffMs } from './backoff.ts';
import type { ChunkResult, OwnedChunk, Stop, Work } from './work.ts';

/** A hold that is over within so many milliseconds, as after a network's hiccup, is no news. */
const PASSING_MS = 60_000;
/** How often a turn that waits for the end of a hold reads it, in milliseconds. */
const POLL_MS = 500;
/** For so many milliseconds a turn waits before it leaves its place to another. */
const ROUND_MS = 5_000;

/**
 * Gives a chunk its turn unless the portal is held. It waits here and not in the queue, so that it
 * goes on as soon as the hold is over, or a person says "try now", whichever process that was in. One
 * at a time gets through as the probe, once the pause since the last one is over; a probe that had
 * nothing to send is given back.
 *
 * @param turn is called with the probe when it is one
 * @param stop ends the wait
 */
export async function unlessHeld(
  work: Work,
  stop: AbortSignal,
  turn: (probe?: number) => Promise<ChunkResult>,
): Promise<ChunkResult> {
  const { db, client, clock } = work;
  const { portal } = client.webhook;
  const until = clock.monotonic() + ROUND_MS;
  for (;;) {
    const hold = await readHold(db, portal);
    if (hold === undefined) return turn();
    if (stop.aborted) return { kind: 'interrupted' };
    if (hold.probeInMs === 0) {
      const probe = await takeProbe(db, portal, client.timeoutMs + backoffMs(hold.probes + 1));
      if (probe !== undefined) return tryWith(work, probe, turn);
    }
    if (clock.monotonic() >= until) return { kind: 'held', code: hold.code };
    await clock.sleep(POLL_MS, stop);
  }
}

async function tryWith(
  { db, client }: Work,
  probe: number,
  turn: (probe: number) => Promise<ChunkResult>,
): Promise<ChunkResult> {
  let afterMs = 0;
  try {
    const result = await turn(probe);
    if (result.kind === 'later') afterMs = result.afterMs;
    return result;
  } finally {
    // One that was used is the caller's no more, and nothing happens.
    await returnProbe(db, client.webhook.portal, probe, afterMs);
  }
}

/** Holds the portal for an error that concerns it as a whole; no pair fails for it. */
export async function holdPortal(
  { db, client, log, clock }: Work,
  { probe }: Pick<OwnedChunk, 'probe'>,
  failure: PortalFailure,
): Promise<Stop> {
  const { portal } = client.webhook;
  const { code, description } = failure;
  const remedy = remedyFor(code);
  const hold = { code, description, remedy, tellAt: clock.now() + PASSING_MS };
  if (await putOnHold(db, portal, hold, backoffMs, probe)) {
    log.warn({ portal, code, remedy }, `portal held: ${describeFailure(failure)}`);
    const detail = describeFailure(failure);
    await recordAudit(db, { importId: null, actor: 'worker', action: 'hold', detail });
  }
  return { kind: 'held', code };
}

/**
 * Notes that a request got no answer: of a held portal it was a probe that failed.
 *
 * @returns undefined when the portal is not held
 */
export async function stillHeld(
  { db, client }: Work,
  { probe }: Pick<OwnedChunk, 'probe'>,
): Promise<Stop | undefined> {
  const { portal } = client.webhook;
  const hold = await readHold(db, portal);
  if (hold === undefined) return undefined;
  if (probe !== undefined) await failProbe(db, portal, probe, backoffMs);
  return { kind: 'held', code: hold.code };
}

/**
 * Notes that the portal answered: if that was the probe, whatever held it is over. A request that left
 * before the hold says nothing of what came after.
 */
export async function portalAnswered(
  { db, client, log }: Work,
  { probe }: Pick<OwnedChunk, 'probe'>,
): Promise<void> {
  if (probe === undefined || !(await releaseHold(db, client.webhook.portal))) return;
  log.info({ portal: client.webhook.portal }, 'portal works again');
  await recordAudit(db, { importId: null, actor: 'worker', action: 'release' });
}
