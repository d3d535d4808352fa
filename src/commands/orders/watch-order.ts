import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../app/open-app.ts';
import { countToDo } from '../../domain/imports/order.ts';
import { ThroughputMeter } from '../../domain/time/throughput-meter.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import { findOrder, readOrderTallies } from '../../ledger/orders/order-store.ts';
import { listenForInterrupt } from '../run/interruption.ts';
import { startOwnWorker } from '../run/own-worker.ts';
import { ProgressLine } from '../run/progress.ts';
import type { Streams } from '../terminal/terminal.ts';

/** Interval between reads of the progress, in milliseconds. */
const POLL_MS = 200;

/**
 * Works in this process until an order has ended, and shows its progress.
 *
 * @returns how it ended
 * @throws the error that stops the worker
 */
export async function watchOrder(
  app: App,
  orderId: number,
  stderr: Streams['stderr'],
): Promise<'ended' | 'interrupted'> {
  const { db, client } = app;
  using interrupt = listenForInterrupt(() => {
    stderr.write(
      '\nStopping when the requests in flight are answered. Press Ctrl-C again to stop at once.\n',
    );
  });
  await using worker = await startOwnWorker(app);
  const progress = new ProgressLine(stderr);
  const pace = new ThroughputMeter();
  let pairs = 0;
  let left = -1;
  for (;;) {
    const order = await findOrder(db, orderId);
    const toDo = countToDo(await readOrderTallies(db, orderId));
    if (left < 0) pairs = toDo;
    if (toDo !== left) worker.noteProgress();
    left = toDo;
    const hold = await readHold(db, client.webhook.portal);
    const notice = hold && `held by the portal: ${hold.code} ${hold.description}`;
    const state = { settled: pairs - toDo, pairs, isSending: false, notice };
    if (order?.state !== 'running') {
      progress.end(state, pace);
      return 'ended';
    }
    if (interrupt.signal.aborted) return 'interrupted';
    app.lost.throwIfAborted();
    worker.broken.throwIfAborted();
    progress.show(state, pace, performance.now());
    const signal = AbortSignal.any([interrupt.signal, worker.broken, app.lost]);
    await sleep(POLL_MS, undefined, { signal }).catch(() => {});
  }
}
