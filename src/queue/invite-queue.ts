import { Queue, type Telemetry } from 'bullmq';
import type { Redis } from 'ioredis';
import { SYSTEM_CLOCK } from '../domain/time/clock.ts';

/** What a job carries: names only, the ledger knows the rest. */
export interface InviteJob {
  importId: number;
  chunk: number;
}

/** Name of the queue. */
export const INVITES = 'invites';

const JOBS_PER_CALL = 1_000;
/** BullMQ sorts delayed jobs by when they are due, in parts of a millisecond. */
const SCORES_PER_MS = 0x1000;
/** By so many milliseconds the clocks of machines may differ. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * A job id is the chunk's name, so that a chunk has one live job however often it is enqueued.
 * BullMQ takes neither `:` nor bare numbers.
 */
const jobId = ({ importId, chunk }: InviteJob): string => `import-${importId}-chunk-${chunk}`;

/** The queue of one ledger. */
export class InviteQueue {
  readonly #redis: Redis;
  readonly #queue: Queue<InviteJob>;
  /** Key prefix in Redis: two ledgers that share a Redis do not see each other's jobs. */
  readonly prefix: string;

  /** Told of every job, here and by the workers; undefined when nobody traces. */
  readonly telemetry: Telemetry | undefined;

  /** @param redis is not closed with the queue */
  constructor(redis: Redis, ledgerId: string, telemetry?: Telemetry) {
    this.#redis = redis;
    this.prefix = `bulk-invite-${ledgerId}`;
    this.telemetry = telemetry;
    this.#queue = new Queue(INVITES, {
      connection: redis,
      prefix: this.prefix,
      ...(telemetry && { telemetry }),
    });
    // ioredis reports and reconnects; without a listener the queue's echo would end the process.
    this.#queue.on('error', () => {});
  }

  /** The queue itself, for a page that shows it. */
  get board(): Queue<InviteJob> {
    return this.#queue;
  }

  /** Allows so many jobs at once over all workers of the queue. */
  async limitConcurrency(concurrency: number): Promise<void> {
    await this.#queue.setGlobalConcurrency(concurrency);
  }

  /** Puts a job in the queue for each chunk that has none; lower chunks go first in every import. */
  async enqueue(importId: number, chunks: readonly number[]): Promise<void> {
    for (let at = 0; at < chunks.length; at += JOBS_PER_CALL) {
      await this.#queue.addBulk(
        chunks.slice(at, at + JOBS_PER_CALL).map((chunk) => ({
          name: 'invite',
          data: { importId, chunk },
          opts: {
            jobId: jobId({ importId, chunk }),
            priority: chunk + 1,
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    }
  }

  /** @returns how many jobs are in the queue, in whatever state */
  async countJobs(): Promise<number> {
    return Object.values(await this.countByState()).reduce((sum, count) => sum + count, 0);
  }

  /** @returns how many jobs of the queue are in which of BullMQ's states */
  async countByState(): Promise<Record<string, number>> {
    return this.#queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active');
  }

  /**
   * Ends waits that a clock prolongs: of jobs that were put off before this machine's was set back,
   * or by a machine whose clock is ahead. It begins with the one that waits longest, and ends at the
   * first that waits no longer than it was to.
   */
  async wakeOverdue(): Promise<void> {
    for (let left = JOBS_PER_CALL; left > 0; left--) {
      const [id, score] = await this.#redis.zrevrange(
        this.#queue.toKey('delayed'),
        0,
        0,
        'WITHSCORES',
      );
      const job = id === undefined ? undefined : await this.#queue.getJob(id);
      if (job === undefined) return;
      const waitMs = Number(score) / SCORES_PER_MS - SYSTEM_CLOCK.now();
      if (waitMs <= job.delay + CLOCK_TOLERANCE_MS) return;
      await job.promote();
    }
  }

  /**
   * Takes everything off the queue, so that jobs which a killed process was at are not waited for.
   * Only for a Redis that nobody else uses.
   */
  async clear(): Promise<void> {
    await this.#queue.obliterate({ force: true });
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}
