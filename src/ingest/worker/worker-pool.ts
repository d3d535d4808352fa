import { Worker } from 'node:worker_threads';
import type { FromReader, Progressing, ReaderOrder, Refusal, ToReader } from './protocol.ts';

/** How long a thread is kept that has nothing to do, in milliseconds. */
const KEPT_MS = 60_000;

type Tell = (message: ToReader) => void;

/**
 * Threads that work on the ledger where that takes long. Starting one takes longer than reading most
 * files, so one that is done is kept for the next order for a while.
 */
export class ReaderThreads {
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
  obey(
    order: ReaderOrder,
    onMessage: (message: Progressing, tell: Tell) => void,
  ): Promise<Refusal | null> {
    const thread = this.#take();
    const tell: Tell = (message) => thread.postMessage(message);
    const { promise, resolve, reject } = Promise.withResolvers<Refusal | null>();
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('The thread ended without a word.')));
    thread.on('message', (message: FromReader) => {
      if (message.kind !== 'done') return onMessage(message, tell);
      this.#giveBack(thread);
      resolve(message.problem);
    });
    tell(order);
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
