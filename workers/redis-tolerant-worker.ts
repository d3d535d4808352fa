import { type Job, Worker } from 'bullmq';

/** How long it waits after a failure, in milliseconds. */
const PAUSE_MS = 1_000;

/**
 * A worker that waits a second when it could not fetch a job. BullMQ tries again at once, thousands of
 * times a second where Redis refuses.
 */
export class RedisTolerantWorker<Data> extends Worker<Data> {
  protected override async moveToActive(token: string, name?: string): Promise<Job<Data>> {
    try {
      return await super.moveToActive(token, name);
    } catch (error) {
      await this.delay();
      throw error;
    }
  }

  /** BullMQ calls it without a time after a failure to wait for a job. */
  override delay(...[milliseconds = PAUSE_MS, abort]: Parameters<Worker['delay']>): Promise<void> {
    return super.delay(milliseconds, abort);
  }
}
