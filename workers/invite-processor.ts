import { randomUUID } from 'node:crypto';
import { DelayedError, type Job, WaitingError } from 'bullmq';
import { SYSTEM_CLOCK } from '../src/domain/time/clock.ts';
import { inviteChunk } from '../src/invite/chunk.ts';
import type { PipelineContext, ShutdownSignals } from '../src/invite/pipeline-context.ts';
import type { InviteJob } from '../src/queue/invite-queue.ts';

/** How soon a job comes back that its process could not finish, in milliseconds. */
const HAND_OVER_MS = 100;
/**
 * After so many milliseconds at the latest a job comes back. What it waits for may be over sooner: the
 * server seconds that a method seemed to have used up are there after all when the portal's next answer,
 * to somebody else, says so.
 */
const LONGEST_DELAY_MS = 60_000;
/** How soon a job comes back after an error that nobody expected, in milliseconds. */
const AFTER_ERROR_MS = 5_000;

/**
 * Gives the job's chunk its turn and tells BullMQ what follows: done, or back after a given time. A
 * waiting job holds no worker, unless the portal is held: nobody has anything to do then.
 *
 * @param reportError is told of errors that are no outcome of the pipeline
 */
export function inviteProcessor(
  context: PipelineContext,
  interruption: ShutdownSignals,
  reportError: (error: unknown) => void,
) {
  return async (job: Job<InviteJob>, token?: string): Promise<void> => {
    const next = await nextTurn(context, interruption, job).catch((error: unknown) => {
      reportError(error);
      return AFTER_ERROR_MS;
    });
    if (next === undefined) return;
    if (next === 'next') {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    // BullMQ goes by the machine's clock.
    await job.moveToDelayed(SYSTEM_CLOCK.now() + next, token);
    throw new DelayedError();
  };
}

/** @returns milliseconds until the next turn, undefined when there is none */
async function nextTurn(
  context: PipelineContext,
  interruption: ShutdownSignals,
  { data }: Job<InviteJob>,
): Promise<number | 'next' | undefined> {
  const { importId, chunk } = data;
  const result = await inviteChunk(context, importId, chunk, randomUUID(), interruption);
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
