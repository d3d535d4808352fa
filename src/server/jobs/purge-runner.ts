import type { Config } from '../../config/config.ts';
import type { IngestWorkers } from '../../ingest/worker/ingest-workers.ts';
import { ledgerPlace } from '../../ledger/db/find-ledger.ts';
import { toProblem } from '../../messages/problems.ts';

/**
 * Deletes the remaining data of removed imports, in a thread, because it can take minutes. A
 * removal that fails or is stopped is completed by the next one, at the latest after a restart.
 */
export class PurgeRunner {
  readonly #config: Config;
  readonly #reportError: (error: unknown) => void;
  readonly #threads: IngestWorkers;
  readonly #stop = new SharedArrayBuffer(1);
  #going: Promise<void> | undefined;
  #again = false;
  #closing = false;

  constructor(threads: IngestWorkers, config: Config, reportError: (error: unknown) => void) {
    this.#threads = threads;
    this.#config = config;
    this.#reportError = reportError;
  }

  /** Starts to delete the remaining data, and includes what is added meanwhile. */
  begin(): void {
    if (this.#closing) return;
    if (this.#going !== undefined) {
      this.#again = true;
      return;
    }
    this.#going = this.#remove()
      .catch(this.#reportError)
      .finally(() => {
        this.#going = undefined;
        if (!this.#again) return;
        this.#again = false;
        this.begin();
      });
  }

  async close(): Promise<void> {
    this.#closing = true;
    new Uint8Array(this.#stop)[0] = 1;
    await this.#going;
  }

  async #remove(): Promise<void> {
    const request = { ledger: ledgerPlace(this.#config), stop: this.#stop };
    const problem = await this.#threads.run({ kind: 'purge', ...request }, () => {});
    if (problem !== null) throw toProblem(problem);
  }
}
