import { Worker } from 'node:worker_threads';

const THREAD = new URL('./reader-thread.ts', import.meta.url);

/** How long a thread is kept that has nothing to read, in milliseconds. */
const KEPT_MS = 60_000;

/**
 * Threads that read files. Starting one takes longer than reading most files, so one that is done is
 * kept for the next file for a while.
 */
export class ReaderThreads {
  #spare: Worker | undefined;
  #dismissal: NodeJS.Timeout | undefined;

  /** @returns a thread that waits for an order, and is the caller's until it is given back or ends */
  take(): Worker {
    const thread = this.#spare ?? new Worker(THREAD, { name: 'reader' });
    this.#forget();
    thread.removeAllListeners();
    thread.ref();
    return thread;
  }

  /** Takes a thread back that has done what it was ordered to. */
  giveBack(thread: Worker): void {
    thread.removeAllListeners();
    if (this.#spare !== undefined) {
      void thread.terminate();
      return;
    }
    thread.unref();
    thread.once('exit', () => this.#forget());
    thread.once('error', () => this.#forget());
    this.#spare = thread;
    this.#dismissal = setTimeout(() => this.close(), KEPT_MS).unref();
  }

  /** Ends the thread that has nothing to read. */
  close(): void {
    void this.#spare?.terminate();
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#dismissal);
    this.#spare = undefined;
  }
}
