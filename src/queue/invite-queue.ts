import { Queue, type Telemetry } from 'bullmq';
import type { Redis } from 'ioredis';
import { SYSTEM_CLOCK } from '../domain/time/clock.ts';

/** A job's data: ids only; the ledger holds the rest. */
export interface InviteJob {
  importId: number;
  chunk: number;
  /** The order on the import that the chunk is a part of; undefined for the import's own chunks. */
  orderId?: number;
}

/** Name of the queue. */
export const INVITES = 'invites';

const JOBS_PER_CALL = 1_000;
/** BullMQ's scores of delayed jobs are due times multiplied by this. */
const SCORES_PER_MS = 0x1000;
/** Tolerated difference between the clocks of machines, in milliseconds. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * A job id identifies the chunk, so that a chunk has one live job however often it is enqueued. BullMQ accepts
 * neither `:` nor bare numbers.
 */
const jobId = ({ importId, chunk, orderId }: InviteJob): string =>
  orderId === undefined ? `import-${importId}-chunk-${chunk}` : `order-${orderId}-chunk-${chunk}`;

/** The queue of one ledger. */
export class InviteQueue {
  readonly #redis: Redis;
  readonly #queue: Queue<InviteJob>;
  /** Key prefix in Redis: two ledgers that share a Redis do not see each other's jobs. */
  readonly prefix: string;

  /** Traces every job, here and in the workers; undefined without tracing. */
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
    // ioredis reports and reconnects; without a listener the queue's own error event would end the process.
    this.#queue.on('error', () => {});
  }

  /** The BullMQ queue, for the queue page. */
  get board(): Queue<InviteJob> {
    return this.#queue;
  }

  async limitConcurrency(concurrency: number): Promise<void> {
    await this.#queue.setGlobalConcurrency(concurrency);
  }

  /** Creates a job for each chunk that has none; lower chunk numbers go first in every import and order. */
  async enqueue(importId: number, chunks: readonly number[], orderId?: number): Promise<void> {
    const of = { importId, ...(orderId !== undefined && { orderId }) };
    for (let at = 0; at < chunks.length; at += JOBS_PER_CALL) {
      await this.#queue.addBulk(
        chunks.slice(at, at + JOBS_PER_CALL).map((chunk) => ({
          name: 'invite',
          data: { ...of, chunk },
          opts: {
            jobId: jobId({ ...of, chunk }),
            priority: chunk + 1,
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    }
  }

  /** @returns the number of jobs in the queue, in any state */
  async countJobs(): Promise<number> {
    return Object.values(await this.countByState()).reduce((sum, count) => sum + count, 0);
  }

  async countByState(): Promise<Record<string, number>> {
    return this.#queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active');
  }

  /**
   * Ends delays that a wrong clock prolongs: of jobs that were delayed before this machine's clock was set
   * back, or by a machine with a clock that is ahead. Starts with the job due last, and stops at the first
   * job that waits no longer than its delay.
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

  /** Jobs of a killed process need not stall first. Only for a Redis that no other process uses. */
  async clear(): Promise<void> {
    await this.#queue.obliterate({ force: true });
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}
