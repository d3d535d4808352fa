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

/** A hold that is over within so many milliseconds, as after a network's hiccup, is no news. */
const PASSING_MS = 60_000;
/** The pause until the next probe. */
const pause =
  (context: PipelineContext) =>
  (probes: number): number =>
    pauseAfter(context, probes);
/** A probe that has waited longer for a slot or a reading does not leave and is given back, in milliseconds. */
const PROBE_LEAVES_WITHIN_MS = 60_000;
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
      // Whatever it brought stands in the hold.
      if (probe !== undefined) continue;
    }
    if (clock.monotonic() >= until) return { kind: 'held', code: hold.code };
    await clock.sleep(POLL_MS, stop);
  }
}

/** Gives the probe back whatever becomes of the try. */
async function withProbe<T>(
  { db, client }: PipelineContext,
  probe: number,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } finally {
    // One that was used is nobody's any more, and nothing happens.
    await returnProbe(db, client.webhook.portal, probe);
  }
}

/**
 * Of a portal that answers nothing it is enough to know that it answers something: no pair is put in
 * doubt for that.
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

/** A failure and what it says of the portal. */
interface CodedText {
  failure: PortalFailure;
  portal: Consequences<unknown>['portal'];
}

/**
 * Draws the consequences that a request has for the portal as a whole, which fail no pair: it is held
 * for what concerns it as a whole, and when several requests in a row got no answer, over all chunks
 * and workers. Only the probe renews or ends a hold.
 *
 * @param otherwise what the request says of the portal when no failure says more
 * @returns a stop when the portal is held
 */
export async function notePortal(
  context: PipelineContext,
  chunk: Pick<OwnedChunk, 'probe'>,
  failures: readonly CodedText[],
  otherwise: CodedText['portal'],
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
  const remedy = remedyFor(code);
  const hold = { code, description, remedy, notifyInMs: PASSING_MS };
  if (await putOnHold(db, portal, hold, pause(context), probe)) {
    log.warn({ portal, code, remedy }, `portal held: ${describeFailure(failure)}`);
    const detail = auditDetail('hold', { error: failure.code, description: failure.description });
    await recordAudit(db, { importId: null, actor: 'worker', action: 'hold', detail });
  }
  return { kind: 'held', code };
}

async function release({ db, client, log }: PipelineContext, probe: number): Promise<void> {
  if (!(await releaseHold(db, client.webhook.portal, probe))) return;
  log.info({ portal: client.webhook.portal }, 'portal works again');
  await recordAudit(db, { importId: null, actor: 'worker', action: 'release' });
}
