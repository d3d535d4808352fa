import { type Job, Worker } from 'bullmq';

/** Wait after a failure, in milliseconds. */
const PAUSE_MS = 1_000;

/** Waits a second when it could not fetch a job; BullMQ retries thousands of times a second. */
export class RedisTolerantWorker<Data> extends Worker<Data> {
  protected override async moveToActive(token: string, name?: string): Promise<Job<Data>> {
    try {
      return await super.moveToActive(token, name);
    } catch (error) {
      await this.delay();
      throw error;
    }
  }

  /** BullMQ calls this without a time when waiting for a job has failed. */
  override delay(...[milliseconds = PAUSE_MS, abort]: Parameters<Worker['delay']>): Promise<void> {
    return super.delay(milliseconds, abort);
  }
}
