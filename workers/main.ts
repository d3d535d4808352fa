import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Work } from '../src/invite/work.ts';
import { INVITES, type InviteJob, type InviteQueue } from '../src/queue/invites.ts';
import { explainNoWrites, isRedisAway } from '../src/queue/redis-trouble.ts';
import { inviteProcessor } from './invite.ts';
import { Sweeper } from './sweeper.ts';

/** Of so few lanes seldom two come back together. */
const FEW_LANES = 4;
/** For each lane above those, so much of a chunk is made ready while others are in flight. */
const AHEAD = 0.6;
/** How often lost jobs are looked for, in milliseconds. */
const SWEEP_MS = 2_000;

/** How long a worker may take to stop once its requests are given up, in milliseconds. */
const GRACE_MS = 5_000;

export interface WorkerParts {
  work: Work;
  redis: Redis;
  queue: InviteQueue;
  /** Requests in flight at once. */
  concurrency: number;
  /** Told of errors that nobody expected; the job comes back by itself. */
  onSurprise: (error: unknown) => void;
  /** A job whose worker has been silent for so long is given to another. @default 30_000 */
  lockMs?: number;
  /** How often silent workers are looked for, in milliseconds. @default 5_000 */
  lookForStalledMs?: number;
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
 * was begun early ends late, and the lanes do not end together.
 */
const chunksAhead = (concurrency: number): number =>
  Math.ceil(Math.max(0, concurrency - FEW_LANES) * AHEAD);

/**
 * Starts taking jobs from the queue, and puts back what got lost.
 *
 * @throws what keeps it from starting; nothing is left running then
 */
export async function startWorker(parts: WorkerParts): Promise<InviteWorker> {
  const { work, redis, queue, concurrency, onSurprise } = parts;
  const { lockMs = 30_000, lookForStalledMs = 5_000 } = parts;
  const stop = new AbortController();
  const abort = new AbortController();
  const interruption = { stop: stop.signal, abort: abort.signal };
  const jobs = concurrency + chunksAhead(concurrency);
  const sweeper = new Sweeper(work, queue, jobs);
  await queue.limitConcurrency(jobs);
  const worker = new Worker<InviteJob>(INVITES, inviteProcessor(work, interruption, onSurprise), {
    connection: redis,
    prefix: queue.prefix,
    concurrency: jobs,
    lockDuration: lockMs,
    stalledInterval: lookForStalledMs,
    // A worker may die any number of times; the ledger keeps its pairs from being sent twice.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    ...(queue.telemetry && { telemetry: queue.telemetry }),
  });
  worker.on('error', (error) => {
    if (explainNoWrites(error)) onSurprise(error);
    else if (!isRedisAway(error)) work.log.warn({ err: error }, 'worker');
  });
  const sweep = () => Promise.all([sweeper.sweep(), queue.wakeOverdue()]).catch(onSurprise);
  let sweeping = sweep();
  // A ledger that is away just now is back at a later sweep.
  await sweeping;
  const timer = setInterval(() => {
    sweeping = sweep();
  }, SWEEP_MS);
  return {
    async drain(deadlineMs) {
      clearInterval(timer);
      stop.abort();
      // Nothing can be handed back to a queue that is gone.
      const patienceMs = redis.status === 'ready' ? deadlineMs : 0;
      const deadline = setTimeout(() => abort.abort(), patienceMs);
      // Whoever closes the ledger next must not do that in the midst of a sweep.
      const closed = Promise.all([worker.close(), sweeping]);
      // Without Redis a worker never closes; nothing that matters is in it by then.
      await Promise.race([closed, sleep(patienceMs + GRACE_MS, undefined, { ref: false })]);
      clearTimeout(deadline);
    },
  };
}
