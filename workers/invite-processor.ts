import { randomUUID } from 'node:crypto';
import { DelayedError, type Job, WaitingError } from 'bullmq';
import { SYSTEM_CLOCK } from '../src/domain/time/clock.ts';
import { runTurn } from '../src/invite/orders/run-turn.ts';
import type { PipelineContext, ShutdownSignals } from '../src/invite/pipeline-context.ts';
import type { InviteJob } from '../src/queue/invite-queue.ts';

/** Delay of a job that its process could not finish, in milliseconds. */
const HAND_OVER_MS = 100;
/** Longest delay of a job, in milliseconds: what it waits for can end sooner. */
const LONGEST_DELAY_MS = 60_000;
/** Delay of a job after an unexpected error, in milliseconds. */
const AFTER_ERROR_MS = 5_000;

/**
 * Runs a turn of the job's chunk and returns the job to BullMQ: done, or delayed for a given time. A delayed
 * job occupies no worker, except while the portal is held: then no worker has anything else to do.
 *
 * @param reportError receives errors that are no result of the pipeline
 */
export function inviteProcessor(
  context: PipelineContext,
  signals: ShutdownSignals,
  reportError: (error: unknown) => void,
) {
  return async (job: Job<InviteJob>, token?: string): Promise<void> => {
    const next = await nextTurn(context, signals, job).catch((error: unknown) => {
      reportError(error);
      return AFTER_ERROR_MS;
    });
    if (next === undefined) return;
    if (next === 'next') {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    // BullMQ uses the machine's clock.
    await job.moveToDelayed(SYSTEM_CLOCK.now() + next, token);
    throw new DelayedError();
  };
}

/** @returns milliseconds until the next turn, undefined when there is none */
async function nextTurn(
  context: PipelineContext,
  signals: ShutdownSignals,
  { data }: Job<InviteJob>,
): Promise<number | 'next' | undefined> {
  const { importId, chunk } = data;
  const result = await runTurn(context, data, randomUUID(), signals);
  context.log.debug({ importId, chunk, result }, 'turn ended');
  if (result.kind === 'dropped' && result.why === 'owner_lost') {
    context.log.warn({ importId, chunk }, 'another worker has taken the chunk');
  }
  if (result.kind === 'dropped' && result.why === 'other_portal') {
    context.log.warn({ importId, chunk }, 'the import is for another portal than this webhook');
  }
  switch (result.kind) {
    case 'settled':
    case 'dropped':
      return undefined;
    case 'later':
      return Math.min(result.afterMs, LONGEST_DELAY_MS);
    case 'yielded':
    case 'held':
      return 'next';
    case 'interrupted':
      return HAND_OVER_MS;
    default:
      return result satisfies never;
  }
}
