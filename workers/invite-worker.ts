import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { sameness, Throttle } from '../src/domain/time/throttle.ts';
import type { PipelineContext } from '../src/invite/pipeline-context.ts';
import { INVITES, type InviteJob, type InviteQueue } from '../src/queue/invite-queue.ts';
import { answers } from '../src/redis/connection.ts';
import { explainRefusal, isRedisAway } from '../src/redis/redis-refusal.ts';
import { inviteProcessor } from './invite-processor.ts';
import { RedisTolerantWorker } from './redis-tolerant-worker.ts';
import { Sweeper } from './sweeper.ts';

/** Of so few slots seldom two come back together. */
const FEW_SLOTS = 4;
/** For each slot above those, so much of a chunk is made ready while others are in flight. */
const AHEAD = 0.6;
/** How long a worker may take to stop once its requests are given up, in milliseconds. */
const GRACE_MS = 5_000;
/** How long requests in flight may take at most when Redis is gone, in milliseconds. */
const WITHOUT_REDIS_MS = 10_000;
/** What a worker says of the same trouble again after so long, in milliseconds. */
const AGAIN_MS = 60_000;

export interface WorkerParts {
  context: PipelineContext;
  redis: Redis;
  queue: InviteQueue;
  /** Requests in flight at once. */
  concurrency: number;
  /** Told of errors that nobody expected; the job comes back by itself. */
  reportError: (error: unknown) => void;
  /** A job whose worker has been silent for so long is given to another. @default 30_000 */
  lockMs?: number;
  /** How often silent workers are looked for, in milliseconds. @default 5_000 */
  stalledIntervalMs?: number;
  /** How often lost jobs are looked for, in milliseconds. @default 2_000 */
  sweepMs?: number;
}

/** A running worker. */
export interface InviteWorker {
  /**
   * Lets the requests in flight end, then stops; what is left stays resumable.
   *
   * @param deadlineMs after which requests in flight are given up
   */
  drain(deadlineMs: number): Promise<void>;
}

/**
 * @returns how many chunks more than requests in flight are made ready, so that one can leave as
 * soon as an answer comes; the budget lets no more out than it should. The fewer the better: what
 * was begun early ends late, and the slots do not end together.
 */
const chunksAhead = (concurrency: number): number =>
  Math.ceil(Math.max(0, concurrency - FEW_SLOTS) * AHEAD);

/**
 * Starts taking jobs from the queue, and puts back what got lost.
 *
 * @throws what keeps it from starting; nothing is left running then
 */
export async function startWorker(parts: WorkerParts): Promise<InviteWorker> {
  const { context, redis, queue, concurrency, reportError } = parts;
  const { lockMs = 30_000, stalledIntervalMs = 5_000, sweepMs = 2_000 } = parts;
  const stop = new AbortController();
  const abort = new AbortController();
  const interruption = { stop: stop.signal, abort: abort.signal };
  const jobs = concurrency + chunksAhead(concurrency);
  const sweeper = new Sweeper(context, queue, jobs);
  const giveTurn = inviteProcessor(context, interruption, reportError);
  const turns = new Set<Promise<void>>();
  const takeTurn = (job: Job<InviteJob>, token?: string): Promise<void> => {
    const turn = giveTurn(job, token).finally(() => turns.delete(turn));
    turns.add(turn);
    return turn;
  };
  const worker = new RedisTolerantWorker<InviteJob>(INVITES, takeTurn, {
    connection: redis,
    prefix: queue.prefix,
    concurrency: jobs,
    lockDuration: lockMs,
    stalledInterval: stalledIntervalMs,
    // A worker may die any number of times; the ledger keeps its pairs from being sent twice.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    ...(queue.telemetry && { telemetry: queue.telemetry }),
  });
  const throttle = new Throttle(AGAIN_MS, () => context.clock.monotonic());
  worker.on('error', (error) => {
    if (explainRefusal(error)) reportError(error);
    else if (!isRedisAway(error) && throttle.passes(sameness(error)))
      context.log.warn({ err: error }, 'worker');
  });
  let isSweeping = false;
  const sweep = async () => {
    isSweeping = true;
    await Promise.all([sweeper.sweep(), queue.wakeOverdue()]).catch(reportError);
    isSweeping = false;
  };
  let sweeping = sweep();
  // A ledger that is away just now is back at a later sweep.
  await sweeping;
  const timer = setInterval(() => {
    // One that waits for Redis is enough: all that wait would go on at the same moment.
    if (!isSweeping) sweeping = sweep();
  }, sweepMs);
  return {
    async drain(deadlineMs) {
      clearInterval(timer);
      stop.abort();
      const begun = context.clock.monotonic();
      const closing = worker.close();
      const hasRedis = await answers(redis);
      const maxWaitMs = hasRedis ? deadlineMs : Math.min(deadlineMs, WITHOUT_REDIS_MS);
      const leftMs = Math.max(0, maxWaitMs - (context.clock.monotonic() - begun));
      reportWait(context.log, turns.size, hasRedis, maxWaitMs);
      const deadline = setTimeout(() => abort.abort(), leftMs);
      // Nothing can be handed back to a queue that is gone, and a worker never closes without it: what
      // matters is that the answers to the requests in flight are recorded.
      const ended = hasRedis ? closing : Promise.allSettled(turns);
      // Whoever closes the ledger next must not do that in the midst of a sweep.
      const all = Promise.all([ended, sweeping]);
      await Promise.race([all, sleep(leftMs + GRACE_MS, undefined, { ref: false })]);
      clearTimeout(deadline);
    },
  };
}

function reportWait(log: Logger, turns: number, hasRedis: boolean, maxWaitMs: number): void {
  const seconds = Math.round(maxWaitMs / 1_000);
  const what = `waiting up to ${seconds} seconds for the requests in flight`;
  if (!hasRedis)
    log.warn({ chunks: turns }, `stopping without Redis, which does not answer; ${what}`);
  else if (turns > 0) log.info({ chunks: turns }, what);
}
