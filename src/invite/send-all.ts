import type { Pair } from '../domain/pairs/pair.ts';
import { notDue } from '../ledger/delivery/group-waits.ts';
import { readSendable } from '../ledger/pairs/pair-queries.ts';
import { orSilent } from '../portal/http/silence.ts';
import { chargeBudget } from './charge-budget.ts';
import { consequencesOf, FAILURES_IN_A_ROW } from './failure-policy.ts';
import { logRequest } from './log-request.ts';
import {
  type OwnedChunk,
  type PipelineContext,
  pauseAfter,
  type ShutdownSignals,
  type StepResult,
} from './pipeline-context.ts';
import { notePortal } from './portal-hold.ts';
import { type ReservedRequest, reserve } from './reserve.ts';
import { failuresOf, type SentRequest, send } from './send.ts';
import { settle } from './settle.ts';

/** After so many milliseconds the chunk makes room, so that a small import need not wait long. */
const TURN_MS = 2_000;

/**
 * Sends a chunk's unsent pairs, request by request, until there are none, something has to pass
 * first, or the turn is over. Those of a group that failed wait for its time.
 */
export async function sendAll(
  context: PipelineContext,
  chunk: OwnedChunk,
  interruption: ShutdownSignals,
): Promise<StepResult> {
  const turn: Turn = {
    ...{ context, chunk, interruption, alone: [], keepsSlot: false, endsAt: undefined },
  };
  try {
    return await sendUnsent(turn);
  } finally {
    if (turn.keepsSlot) await context.client.budget.passOn();
  }
}

interface Turn {
  readonly context: PipelineContext;
  readonly chunk: OwnedChunk;
  readonly interruption: ShutdownSignals;
  /** Pairs of commands that are to travel each in a request of its own. */
  readonly alone: (readonly Pair[])[];
  /** Nobody was told that the last request's slot is free, since the chunk goes on in it. */
  keepsSlot: boolean;
  endsAt: number | undefined;
}

async function sendUnsent(turn: Turn): Promise<StepResult> {
  const { context, chunk, interruption, alone } = turn;
  let failures = 0;
  const { range, waits } = chunk;
  const except = notDue(waits?.invite);
  let unsent: readonly Pair[] = await readSendable(context.db, range, undefined, except);
  while (unsent.length + alone.length > 0 && failures < FAILURES_IN_A_ROW) {
    const lone = alone.shift();
    const from = lone ?? unsent;
    const request = await reserve(context, range.import_id, from, interruption.stop);
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
    // What is to travel alone would join the others again.
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
  const { context, chunk } = turn;
  const { abort } = turn.interruption;
  const { budget } = context.client;
  try {
    const sent = await send(context, chunk, request, abort);
    if (sent === undefined || 'kind' in sent) {
      await budget.release(request.id);
      return sent ?? 'answered';
    }
    turn.keepsSlot = hasMore && sent.answer.ok && !isOver(turn);
    const accounted = chargeBudget(context, sent, turn.keepsSlot);
    // Its slot is free by then: the question needs one as well.
    const known = sent.answer.ok
      ? sent
      : await accounted.then(
          () => orPortalSilent(turn, sent),
          () => sent,
        );
    const settled = settle(context, chunk, known, abort);
    await all([settled, accounted]);
    turn.alone.push(...(await settled));
    logRequest(context, chunk, known);
    if (abort.aborted) return { kind: 'interrupted' };
    return await afterSending(context, chunk, known);
  } catch (error) {
    await budget.release(request.id).catch(() => {});
    throw error;
  }
}

/**
 * A portal that answers nothing simpler either was silent, whatever the request carried. One that is
 * held was silent when its probe got no answer.
 */
async function orPortalSilent(turn: Turn, sent: SentRequest): Promise<SentRequest> {
  if (sent.answer.ok || sent.answer.failure.kind !== 'unanswered') return sent;
  const { failure } = sent.answer;
  if (turn.chunk.probe !== undefined) {
    return { ...sent, answer: { ok: false, failure: { ...failure, kind: 'silent' } } };
  }
  const { stop, abort } = turn.interruption;
  const signal = AbortSignal.any([stop, abort]);
  return {
    ...sent,
    answer: { ok: false, failure: await orSilent(turn.context.client, failure, signal) },
  };
}

/** Waits for all of them, whatever becomes of one. @throws the first error */
async function all(acts: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(acts);
  await Promise.all(acts);
}

/** What a request's failures mean for the requests after it. */
async function afterSending(
  context: PipelineContext,
  chunk: OwnedChunk,
  { answer }: SentRequest,
): Promise<StepResult<'answered' | 'failed'>> {
  const phase = answer.ok ? 'command' : 'request';
  const failures = failuresOf(answer).map((failure) => ({
    ...{ failure, ...consequencesOf(failure, phase) },
  }));
  const held = await notePortal(context, chunk, failures, answer.ok ? 'works' : 'unknown');
  if (held) return held;
  const pausing = failures.find(({ chunk }) => chunk === 'backs_off');
  if (pausing) return { kind: 'later', afterMs: pauseAfter(context, 1), why: pausing.failure.code };
  return failures.some(({ chunk }) => chunk === 'counts') ? 'failed' : 'answered';
}
