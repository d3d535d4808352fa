import PQueue from 'p-queue';
import type { App } from '../../app/open-app.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import { openReading, type PortalReading } from '../../invite/lookup/portal-reading.ts';
import { previewOrder } from '../../invite/orders/preview-order.ts';
import { changeOrder } from '../../ledger/orders/order-store.ts';

/** Reads the previews of orders, one after the other. Sends nothing. */
export class OrderPreviews {
  readonly #app: App;
  readonly #reportError: (error: unknown) => void;
  readonly #reading: PortalReading;
  readonly #ending = new AbortController();
  readonly #queue = new PQueue({ concurrency: 1 });

  constructor(app: App, reportError: (error: unknown) => void) {
    this.#app = app;
    this.#reportError = reportError;
    this.#reading = openReading(app.client, SYSTEM_CLOCK);
  }

  /** Reads the preview of an order in the background. */
  begin(orderId: number): void {
    void this.#queue.add(() => this.#read(orderId)).catch(this.#reportError);
  }

  /** Ends all readings; a user requests such a preview again. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#queue.onIdle();
  }

  async #read(orderId: number): Promise<void> {
    const { db, client } = this.#app;
    const { signal } = this.#ending;
    if (signal.aborted) return;
    try {
      const context = { db, client, reading: this.#reading, clock: SYSTEM_CLOCK };
      await previewOrder(context, orderId, signal);
    } catch (error) {
      if (signal.aborted) return;
      const problem = error instanceof Problem ? { problem: error.coded } : {};
      await changeOrder(db, orderId, ['reading'], 'failed', problem);
      if (!(error instanceof Problem)) throw error;
    }
  }
}
