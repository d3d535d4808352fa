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

/** With so few slots, two are seldom released at the same time. */
const FEW_SLOTS = 4;
/** Chunks prepared ahead for each slot above those. */
const AHEAD = 0.6;
/** Longest time that a worker may take to stop once its requests are aborted, in milliseconds. */
const GRACE_MS = 5_000;
/** Longest wait for requests in flight when Redis is unreachable, in milliseconds. */
const WITHOUT_REDIS_MS = 10_000;
/** Shortest time between two reports of the same error, in milliseconds. */
const REPORT_INTERVAL_MS = 60_000;

export interface WorkerParts {
  context: PipelineContext;
  redis: Redis;
  queue: InviteQueue;
  /** Requests in flight at once. */
  concurrency: number;
  /** Receives unexpected errors; the job runs again by itself. */
  reportError: (error: unknown) => void;
  /** Time without a sign of life after which a job goes to another worker, in milliseconds. @default 30_000 */
  lockMs?: number;
  /** How often stalled jobs are searched, in milliseconds. @default 5_000 */
  stalledIntervalMs?: number;
  /** How often lost jobs are searched, in milliseconds. @default 2_000 */
  sweepMs?: number;
}

/** A running worker. */
export interface InviteWorker {
  /**
   * Waits for the requests in flight, then stops; the rest stays resumable.
   *
   * @param deadlineMs milliseconds after which requests in flight are aborted
   */
  drain(deadlineMs: number): Promise<void>;
}

/**
 * @returns number of chunks prepared beyond the requests in flight, so that a request is ready as soon as an
 * answer arrives; the budget still limits the requests in flight. Fewer are better: a chunk that starts early
 * ends late, and then the slots do not finish together.
 */
const chunksAhead = (concurrency: number): number =>
  Math.ceil(Math.max(0, concurrency - FEW_SLOTS) * AHEAD);

/**
 * Starts taking jobs from the queue, and recreates lost jobs.
 *
 * @throws the error that prevents the start; nothing keeps running then
 */
export async function startWorker(parts: WorkerParts): Promise<InviteWorker> {
  const { context, redis, queue, concurrency, reportError } = parts;
  const { lockMs = 30_000, stalledIntervalMs = 5_000, sweepMs = 2_000 } = parts;
  const stop = new AbortController();
  const abort = new AbortController();
  const signals = { stop: stop.signal, abort: abort.signal };
  const jobs = concurrency + chunksAhead(concurrency);
  const sweeper = new Sweeper(context, queue, jobs);
  const giveTurn = inviteProcessor(context, signals, reportError);
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
    // A worker can die any number of times; the ledger prevents that its pairs are sent twice.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    ...(queue.telemetry && { telemetry: queue.telemetry }),
  });
  const throttle = new Throttle(REPORT_INTERVAL_MS, () => context.clock.monotonic());
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
  // If the ledger is unreachable now, a later sweep does the work.
  await sweeping;
  const timer = setInterval(() => {
    // One waiting sweep is enough: all that wait for Redis would continue at the same moment.
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
      // Without Redis no job can be returned to the queue, and the worker never closes: what matters is that
      // the answers to the requests in flight are recorded.
      const ended = hasRedis ? closing : Promise.allSettled(turns);
      // The caller may close the ledger next: a sweep must have ended.
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
