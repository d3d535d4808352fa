import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { enqueuePending } from '../src/invite/enqueue.ts';
import type { Work } from '../src/invite/work.ts';
import { countUnsettledChunks } from '../src/ledger/chunks.ts';
import { importsInState } from '../src/ledger/imports.ts';
import { INVITES, type InviteJob, type InviteQueue } from '../src/queue/invites.ts';
import { inviteProcessor } from './invite.ts';

/** A job whose worker has been silent for so long is given to another, in milliseconds. */
const LOCK_MS = 30_000;
/** How often silent workers and lost jobs are looked for, in milliseconds. */
const SWEEP_MS = 5_000;

export interface WorkerParts {
  work: Work;
  redis: Redis;
  queue: InviteQueue;
  /** Requests in flight at once. */
  concurrency: number;
  /** Told of errors that nobody expected; the job comes back by itself. */
  onSurprise: (error: unknown) => void;
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

/** Starts taking jobs off the belt, and puts back on it what got lost. */
export async function startWorker(parts: WorkerParts): Promise<InviteWorker> {
  const { work, redis, queue, concurrency, onSurprise } = parts;
  const stop = new AbortController();
  const abort = new AbortController();
  const interruption = { stop: stop.signal, abort: abort.signal };
  await queue.limitConcurrency(concurrency);
  const worker = new Worker<InviteJob>(INVITES, inviteProcessor(work, interruption, onSurprise), {
    connection: redis,
    prefix: queue.prefix,
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: SWEEP_MS,
    // A worker may die any number of times; the ledger keeps its pairs from being sent twice.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  });
  worker.on('error', (error) => work.log.warn({ err: error }, 'worker'));
  await sweep(work, queue);
  const timer = setInterval(() => sweep(work, queue).catch(onSurprise), SWEEP_MS);
  return {
    async drain(deadlineMs) {
      clearInterval(timer);
      stop.abort();
      const deadline = setTimeout(() => abort.abort(), deadlineMs);
      await worker.close();
      clearTimeout(deadline);
    },
  };
}

/** Emptied Redis, killed worker, reopened pairs: whatever is pending gets its job back. */
async function sweep({ db, client }: Work, queue: InviteQueue): Promise<void> {
  const running = await importsInState(db, client.webhook.portal, 'running');
  let wanted = 0;
  for (const { id } of running) wanted += await countUnsettledChunks(db, id);
  if (wanted <= (await queue.countJobs())) return;
  for (const { id } of running) await enqueuePending(db, queue, id);
}
