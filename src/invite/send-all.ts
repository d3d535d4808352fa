import type { Pair } from '../domain/pairs/pair.ts';
import { orSilent } from '../portal/http/silence.ts';
import { chargeBudget } from './charge-budget.ts';
import { consequencesOf, FAILURES_IN_A_ROW } from './failure-policy.ts';
import { logRequest } from './log-request.ts';
import type { Delivery } from './operations/delivery.ts';
import {
  type PipelineContext,
  pauseAfter,
  type ShutdownSignals,
  type StepResult,
} from './pipeline-context.ts';
import { notePortal } from './portal-hold.ts';
import { type ReservedRequest, reserve } from './reserve.ts';
import { failuresOf, type SentRequest, send } from './send.ts';

/** Length of a turn, in milliseconds; then other chunks get one, so that a small import does not wait long. */
const TURN_MS = 2_000;

/**
 * Sends a chunk's unsent pairs, request by request, until none is left, the chunk has to wait, or the turn
 * is over.
 */
export async function sendAll(
  context: PipelineContext,
  delivery: Delivery,
  signals: ShutdownSignals,
): Promise<StepResult> {
  const turn: Turn = {
    ...{ context, delivery, signals, alone: [], keepsSlot: false, endsAt: undefined },
  };
  try {
    return await sendUnsent(turn);
  } finally {
    if (turn.keepsSlot) await context.client.budget.passOn();
  }
}

interface Turn {
  readonly context: PipelineContext;
  readonly delivery: Delivery;
  readonly signals: ShutdownSignals;
  /** Pairs of commands that are each sent in a request of their own. */
  readonly alone: (readonly Pair[])[];
  /** The chunk keeps the last request's slot for its next request; its release is not announced. */
  keepsSlot: boolean;
  endsAt: number | undefined;
}

async function sendUnsent(turn: Turn): Promise<StepResult> {
  const { context, delivery, signals, alone } = turn;
  let failures = 0;
  let unsent = await delivery.readUnsent();
  while (unsent.length + alone.length > 0 && failures < FAILURES_IN_A_ROW) {
    const lone = alone.shift();
    const from = lone ?? unsent;
    const request = await reserve(context, delivery, from, signals.stop);
    if ('kind' in request) return request;
    turn.keepsSlot = false;
    turn.endsAt ??= context.clock.monotonic() + TURN_MS;
    const carried = new Set(request.commands.flatMap(({ pairs }) => pairs));
    const left = from.filter((pair) => !carried.has(pair));
    if (lone === undefined) unsent = left;
    else if (left.length > 0) alone.unshift(left);
    const result = await sendOne(turn, request, unsent.length + alone.length > 0);
    if (typeof result === 'object') return result;
    failures = result === 'failed' ? failures + 1 : 0;
    // A later turn would send those pairs together with others again.
    if (alone.length === 0 && unsent.length > 0 && isOver(turn)) return { kind: 'yielded' };
  }
  return undefined;
}

const isOver = ({ context, endsAt }: Turn): boolean =>
  endsAt !== undefined && context.clock.monotonic() > endsAt;

async function sendOne(
  turn: Turn,
  request: ReservedRequest,
  hasMore: boolean,
): Promise<StepResult<'answered' | 'failed'>> {
  const { context, delivery } = turn;
  const { abort } = turn.signals;
  const { budget } = context.client;
  try {
    const sent = await send(context, delivery, request, abort);
    if (sent === undefined || 'kind' in sent) {
      await budget.release(request.id);
      return sent ?? 'answered';
    }
    turn.keepsSlot = hasMore && sent.answer.ok && !isOver(turn);
    const accounted = chargeBudget(context, delivery, sent, turn.keepsSlot);
    // The slot is released first: the check for a silent portal needs one as well.
    const known = sent.answer.ok
      ? sent
      : await accounted.then(
          () => orPortalSilent(turn, sent),
          () => sent,
        );
    await context.priority.afterLeaving(accounted);
    const settled = delivery.settle(known, abort);
    await all([settled, accounted]);
    turn.alone.push(...(await settled));
    logRequest(context, delivery, known);
    if (abort.aborted) return { kind: 'interrupted' };
    return await afterSending(context, delivery, known);
  } catch (error) {
    await budget.release(request.id).catch(() => {});
    throw error;
  }
}

/**
 * Sends a simpler request after one without an answer: if the portal does not answer that either, it is
 * silent, whatever the first request carried. A held portal is silent when its probe got no answer.
 */
async function orPortalSilent(turn: Turn, sent: SentRequest): Promise<SentRequest> {
  if (sent.answer.ok || sent.answer.failure.kind !== 'unanswered') return sent;
  const { failure } = sent.answer;
  if (turn.delivery.probe !== undefined) {
    return { ...sent, answer: { ok: false, failure: { ...failure, kind: 'silent' } } };
  }
  const { stop, abort } = turn.signals;
  const signal = AbortSignal.any([stop, abort]);
  return {
    ...sent,
    answer: { ok: false, failure: await orSilent(turn.context.client, failure, signal) },
  };
}

/** Waits for all of them, even when one fails. @throws the first error */
async function all(acts: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(acts);
  await Promise.all(acts);
}

/** What a request's failures mean for the requests after it. */
async function afterSending(
  context: PipelineContext,
  delivery: Delivery,
  { answer }: SentRequest,
): Promise<StepResult<'answered' | 'failed'>> {
  const phase = answer.ok ? 'command' : 'request';
  const failures = failuresOf(answer).map((failure) => ({
    ...{ failure, ...consequencesOf(failure, phase) },
  }));
  const held = await notePortal(context, delivery, failures, answer.ok ? 'works' : 'unknown');
  if (held) return held;
  const pausing = failures.find(({ chunk }) => chunk === 'backs_off');
  if (pausing) return { kind: 'later', afterMs: pauseAfter(context, 1), why: pausing.failure.code };
  return failures.some(({ chunk }) => chunk === 'counts') ? 'failed' : 'answered';
}
