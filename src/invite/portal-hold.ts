import {
  failProbe,
  putOnHold,
  readHold,
  releaseHold,
  returnProbe,
  takeProbe,
} from '../ledger/delivery/holds.ts';
import { recordAudit } from '../ledger/imports/audit.ts';
import { auditDetail } from '../messages/audit-details.ts';
import { describeFailure, NO_ANSWER, type PortalFailure } from '../portal/http/failure.ts';
import { remedyFor } from '../portal/http/remedy.ts';
import { answersAnything } from '../portal/http/silence.ts';
import { type Consequences, SILENT_IN_A_ROW } from './failure-policy.ts';
import {
  type ChunkResult,
  type OwnedChunk,
  type PipelineContext,
  pauseAfter,
  type StepResult,
  type TurnEnd,
} from './pipeline-context.ts';

/** Age of a hold at which it is reported, in milliseconds: a brief network failure ends before. */
const NOTIFY_AFTER_MS = 60_000;
/** The pause until the next probe. */
const pause =
  (context: PipelineContext) =>
  (probes: number): number =>
    pauseAfter(context, probes);
/** Longest wait of a probe for a slot or a read, in milliseconds; then it is returned without being sent. */
const PROBE_LEAVES_WITHIN_MS = 60_000;
/** How often a waiting turn reads the hold, in milliseconds. */
const POLL_MS = 500;
/** How long a turn waits before another chunk gets its place, in milliseconds. */
const ROUND_MS = 5_000;

/**
 * Runs a chunk's turn unless the portal is held. A turn waits here and not in the queue, so that it
 * continues as soon as the hold is over or a user orders "try now", in any process. One turn at a time
 * passes as the probe, once the pause since the last probe is over; a probe that had nothing to send is
 * returned.
 *
 * @param turn called with the probe's id when it is the probe
 * @param stop ends the wait
 */
export async function unlessHeld(
  context: PipelineContext,
  stop: AbortSignal,
  turn: (probe?: number) => Promise<ChunkResult>,
): Promise<ChunkResult> {
  const { db, client, clock } = context;
  const { portal } = client.webhook;
  const until = clock.monotonic() + ROUND_MS;
  for (;;) {
    const hold = await readHold(db, portal);
    if (hold === undefined) return turn();
    if (stop.aborted) return { kind: 'interrupted' };
    if (hold.probeInMs === 0) {
      const probe = await takeProbe(db, portal, client.overAfterMs + PROBE_LEAVES_WITHIN_MS);
      if (probe !== undefined && hold.code !== NO_ANSWER) {
        return withProbe(context, probe, () => turn(probe));
      }
      if (probe !== undefined) {
        await withProbe(context, probe, () => tryWithoutPairs(context, probe, stop));
      }
      // The hold shows the result.
      if (probe !== undefined) continue;
    }
    if (clock.monotonic() >= until) return { kind: 'held', code: hold.code };
    await clock.sleep(POLL_MS, stop);
  }
}

/** Returns the probe, whatever the result of the attempt. */
async function withProbe<T>(
  { db, client }: PipelineContext,
  probe: number,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } finally {
    // Does nothing for a probe that was used.
    await returnProbe(db, client.webhook.portal, probe);
  }
}

/**
 * Probes a portal that answers nothing: any answer is enough, so that no pair has to be put in doubt for the
 * probe.
 */
async function tryWithoutPairs(
  context: PipelineContext,
  probe: number,
  stop: AbortSignal,
): Promise<void> {
  const { db, client } = context;
  const answers = await answersAnything(client, stop);
  if (answers === true) await notePortal(context, { probe }, [], 'works');
  if (answers === false) await failProbe(db, client.webhook.portal, probe, pause(context));
}

/** A failure and what it says about the portal. */
interface FailureEffect {
  failure: PortalFailure;
  portal: Consequences<unknown>['portal'];
}

/**
 * Applies a request's consequences for the portal as a whole; they fail no pair. The portal is held when it
 * refuses everything, and when several requests in a row, over all chunks and workers, got no answer. Only
 * the probe renews or ends a hold.
 *
 * @param otherwise what the request says about the portal when no failure says more
 * @returns a stop when the portal is held
 */
export async function notePortal(
  context: PipelineContext,
  chunk: Pick<OwnedChunk, 'probe'>,
  failures: readonly FailureEffect[],
  otherwise: FailureEffect['portal'],
): Promise<StepResult> {
  const { unanswered } = context.client.budget;
  const refusing = failures.find(({ portal }) => portal === 'hold');
  if (refusing) return holdPortal(context, chunk, refusing.failure);
  const silent = failures.find(({ portal }) => portal === 'silent');
  if (silent) return noteSilence(context, chunk, silent.failure);
  const said = new Set([otherwise, ...failures.map(({ portal }) => portal)]);
  if (said.has('works') || said.has('answers')) await unanswered.reset();
  if (said.has('works') && chunk.probe !== undefined) await release(context, chunk.probe);
  return undefined;
}

async function noteSilence(
  context: PipelineContext,
  { probe }: Pick<OwnedChunk, 'probe'>,
  failure: PortalFailure,
): Promise<StepResult> {
  const { db, client } = context;
  const { portal } = client.webhook;
  const inARow = await client.budget.unanswered.add();
  if (probe !== undefined) await failProbe(db, portal, probe, pause(context));
  const hold = await readHold(db, portal);
  if (hold !== undefined) return { kind: 'held', code: hold.code };
  if (inARow < SILENT_IN_A_ROW) return undefined;
  const description = describeFailure(failure);
  return holdPortal(context, {}, { kind: 'silent', code: NO_ANSWER, description });
}

async function holdPortal(
  context: PipelineContext,
  { probe }: Pick<OwnedChunk, 'probe'>,
  failure: PortalFailure,
): Promise<TurnEnd> {
  const { db, client, log } = context;
  const { portal } = client.webhook;
  const { code, description } = failure;
  const remedy = remedyFor(failure);
  const hold = { code, description, remedy, notifyInMs: NOTIFY_AFTER_MS };
  if (await putOnHold(db, portal, hold, pause(context), probe)) {
    log.warn({ portal, code, remedy }, `portal held: ${describeFailure(failure)}`);
    const detail = auditDetail('hold', { error: failure.code, description: failure.description });
    await recordAudit(db, { importId: null, portal, actor: 'worker', action: 'hold', detail });
  }
  return { kind: 'held', code };
}

async function release({ db, client, log }: PipelineContext, probe: number): Promise<void> {
  const { portal } = client.webhook;
  if (!(await releaseHold(db, portal, probe))) return;
  // What ended the hold may also have changed the plan or the webhook's rights.
  client.profile.expire();
  log.info({ portal }, 'portal available again');
  await recordAudit(db, { importId: null, portal, actor: 'worker', action: 'release' });
}
