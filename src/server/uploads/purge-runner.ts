import type { Config } from '../../config/config.ts';
import { toProblem } from '../../domain/imports/import.ts';
import type { ReaderThreads } from '../../ingest/worker/worker-pool.ts';
import { ledgerPlace } from '../../ledger/db/find-ledger.ts';

/**
 * Where what removed imports have left is taken away, in a thread, since it may take minutes. A
 * removal that fails or is broken off is completed by the next one, at the latest after a restart.
 */
export class RemovalRoom {
  readonly #config: Config;
  readonly #onSurprise: (error: unknown) => void;
  readonly #threads: ReaderThreads;
  readonly #stop = new SharedArrayBuffer(1);
  #going: Promise<void> | undefined;
  #again = false;
  #closing = false;

  constructor(threads: ReaderThreads, config: Config, onSurprise: (error: unknown) => void) {
    this.#threads = threads;
    this.#config = config;
    this.#onSurprise = onSurprise;
  }

  /** Has what is left taken away; more that comes meanwhile as well. */
  begin(): void {
    if (this.#closing) return;
    if (this.#going !== undefined) {
      this.#again = true;
      return;
    }
    this.#going = this.#remove()
      .catch(this.#onSurprise)
      .finally(() => {
        this.#going = undefined;
        if (!this.#again) return;
        this.#again = false;
        this.begin();
      });
  }

  /** Breaks off what goes on. */
  async close(): Promise<void> {
    this.#closing = true;
    new Uint8Array(this.#stop)[0] = 1;
    await this.#going;
  }

  async #remove(): Promise<void> {
    const order = { ledger: ledgerPlace(this.#config), stop: this.#stop };
    const problem = await this.#threads.obey({ kind: 'remove', order }, () => {});
    if (problem !== null) throw toProblem(problem);
  }
}
