import { Worker } from 'node:worker_threads';
import type {
  IngestFailure,
  WorkerEvent,
  WorkerMessage,
  WorkerProgress,
  WorkerRequest,
} from './protocol.ts';

/** How long a thread is kept that has nothing to do, in milliseconds. */
const KEPT_MS = 60_000;

type Post = (message: WorkerMessage) => void;

/**
 * Threads that work on the ledger where that takes long. Starting one takes longer than reading most
 * files, so one that is done is kept for the next order for a while.
 */
export class IngestWorkers {
  readonly #module: string;
  #spare: Worker | undefined;
  #dismissal: NodeJS.Timeout | undefined;

  /** @param module the path of the threads' main module */
  constructor(module: string) {
    this.#module = module;
  }

  /**
   * Has a thread obey an order.
   *
   * @param onMessage told what it says meanwhile, and how to answer
   * @returns null when it has, else why it could not; rejects with what nobody expected
   */
  run(
    order: WorkerRequest,
    onMessage: (message: WorkerProgress, post: Post) => void,
  ): Promise<IngestFailure | null> {
    const thread = this.#take();
    const post: Post = (message) => thread.postMessage(message);
    const { promise, resolve, reject } = Promise.withResolvers<IngestFailure | null>();
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('The thread ended without a result.')));
    thread.on('message', (message: WorkerEvent) => {
      if (message.kind !== 'done') return onMessage(message, post);
      this.#giveBack(thread);
      resolve(message.problem);
    });
    post(order);
    return promise;
  }

  /** Ends the thread that has nothing to do. */
  close(): void {
    void this.#spare?.terminate();
    this.#forget();
  }

  #take(): Worker {
    const thread = this.#spare ?? new Worker(this.#module, { name: 'reader' });
    this.#forget();
    thread.removeAllListeners();
    thread.ref();
    return thread;
  }

  #giveBack(thread: Worker): void {
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

  #forget(): void {
    clearTimeout(this.#dismissal);
    this.#spare = undefined;
  }
}
