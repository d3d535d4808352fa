import type { Config } from '../../config.ts';
import { toProblem } from '../../domain/import.ts';
import { ledgerPlace } from '../../ledger/find-ledger.ts';
import type { FromReader, ToReader } from './messages.ts';
import { ReaderThreads } from './reader-threads.ts';

/**
 * Where what removed imports have left is taken away, in a thread, since it may take minutes. A
 * removal that fails or is broken off is completed by the next one, at the latest after a restart.
 */
export class RemovalRoom {
  readonly #config: Config;
  readonly #onSurprise: (error: unknown) => void;
  readonly #threads = new ReaderThreads();
  readonly #stop = new SharedArrayBuffer(1);
  #going: Promise<void> | undefined;
  #again = false;
  #closing = false;

  constructor(config: Config, onSurprise: (error: unknown) => void) {
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
    this.#threads.close();
  }

  #remove(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const thread = this.#threads.take();
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('The removing thread ended without a word.')));
    thread.on('message', (message: FromReader) => {
      this.#threads.giveBack(thread);
      if (message.kind === 'refused') reject(toProblem(message.problem));
      else resolve();
    });
    const order = { ledger: ledgerPlace(this.#config), stop: this.#stop };
    thread.postMessage({ kind: 'remove', order } satisfies ToReader);
    return promise;
  }
}
