import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type {
  IngestFailure,
  LookupResponse,
  ThreadSettings,
  WorkerEvent,
  WorkerRequest,
} from './protocol.ts';

/** How long a thread without work is kept, in milliseconds: to start one takes longer than most files. */
const IDLE_MS = 60_000;
/** Two files, some that wait for the portal, and a purge. */
const MAX_THREADS = 11;

/** Threads for what takes long in the ledger: SQLite blocks the thread that uses it. */
export class IngestWorkers {
  readonly #pool: Piscina;

  /**
   * @param filename the path of the threads' module
   * @param settings what each thread gets
   */
  constructor(filename: string, settings: ThreadSettings) {
    this.#pool = new Piscina({
      ...{ filename, workerData: settings },
      minThreads: 0,
      maxThreads: MAX_THREADS,
      idleTimeout: IDLE_MS,
    });
  }

  /**
   * Runs a request in a thread.
   *
   * @param onEvent called with what the thread reports meanwhile, and with a function that responds
   * @returns null on success, else why it failed; rejects with an unexpected error
   */
  async run(
    request: WorkerRequest,
    onEvent: (event: WorkerEvent, respond: (response: LookupResponse) => void) => void,
  ): Promise<IngestFailure | null> {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', (event: WorkerEvent) =>
      onEvent(event, (response) => port1.postMessage(response)),
    );
    try {
      return await this.#pool.run({ request, port: port2 }, { transferList: [port2] });
    } finally {
      port1.close();
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
