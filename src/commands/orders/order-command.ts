import { type App, openApp } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import { requireWebhook } from '../../config/read-config.ts';
import type { Import } from '../../domain/imports/import.ts';
import { countToDo, type OrderKind } from '../../domain/imports/order.ts';
import { SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import { openReading } from '../../invite/lookup/portal-reading.ts';
import {
  beginOrder,
  confirmOrder,
  type OrderResult,
  type Reminder,
  stopOrder,
} from '../../invite/orders/order-lifecycle.ts';
import { previewOrder } from '../../invite/orders/preview-order.ts';
import { otherPortal } from '../../invite/other-portal.ts';
import { findOrder, latestOrder, readOrderTallies } from '../../ledger/orders/order-store.ts';
import { typed } from '../../platform/invocation.ts';
import { createLog } from '../../telemetry/log.ts';
import { requireImport } from '../imports/find-import.ts';
import { listenForInterrupt } from '../run/interruption.ts';
import { ReadingLine } from '../run/progress.ts';
import { confirmNumber } from '../terminal/confirm-number.ts';
import { printTo, type Terminal } from '../terminal/terminal.ts';
import { previewLines, resultLines } from './order-report.ts';
import { watchOrder } from './watch-order.ts';

/** What a command says and asks. */
export interface OrderCommand {
  kind: OrderKind;
  /** Its name. */
  command: string;
  /** @returns the question that is answered with the number */
  question: (number: string) => string;
  nothing: string;
}

export interface OrderOptions {
  /** Skip the confirmation. */
  yes?: boolean;
  reminder?: Reminder;
}

/**
 * Shows what an order would do, asks for the number, and carries it out in this process. An order that was interrupted
 * goes on.
 *
 * @returns the exit code: 0 done, or nothing to do; 1 when the user declines; 2 when it was not possible for some; 130
 * interrupted
 * @throws Problem when it is not possible, or there is no terminal to ask on
 */
export async function carryOutOrder(
  config: Config,
  id: string,
  { command, ...what }: OrderCommand,
  { yes = false, reminder }: OrderOptions,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const print = printTo(stdout);
  const webhook = requireWebhook(config);
  const log = createLog(config, { quiet: true, to: stderr });
  await using app = await openApp({ config, webhook, log, redis: 'share' });
  const parent = await requireImport(app.db, id, printTo(stderr));
  const other = otherPortal(parent, webhook.portal);
  if (other) throw other;
  const again = `Nothing is lost: type ${typed(`${command} ${parent.id}`)} to go on.`;
  const known = await latestOrder(app.db, parent.id, what.kind);
  let order = known?.state === 'running' ? known.id : undefined;
  if (order === undefined) {
    const begun = idOrThrow(await beginOrder(app.db, parent, what.kind, 'cli', reminder));
    if ((await preview(app, begun, stderr)) === 'interrupted') return 130;
    const asked = await ask(app, parent, { command, ...what }, yes, terminal);
    if (asked !== 'confirmed') return asked;
    order = begun;
  }
  if ((await watchOrder(app, order, stderr)) === 'interrupted') {
    print(`Interrupted. ${again}`);
    return 130;
  }
  const tallies = await readOrderTallies(app.db, order);
  print(resultLines(what.kind, tallies).join('\n'));
  return tallies.some(({ result }) => result === 'refused' || result === 'unknown') ? 2 : 0;
}

async function preview(
  app: App,
  orderId: number,
  stderr: Terminal['stderr'],
): Promise<'read' | 'interrupted'> {
  using interrupt = listenForInterrupt(() => stderr.write('\nStopping.\n'));
  const { db, client } = app;
  const line = new ReadingLine(stderr);
  const timer = setInterval(() => {
    void findOrder(db, orderId).then(
      (order) => order && line.showText(`reading the portal: ${order.read} of ${order.pairs}`),
      () => {},
    );
  }, 500);
  const signal = AbortSignal.any([interrupt.signal, app.lost]);
  try {
    const reading = openReading(client, SYSTEM_CLOCK);
    await previewOrder({ db, client, reading, clock: SYSTEM_CLOCK }, orderId, signal);
    return 'read';
  } catch (error) {
    if (interrupt.signal.aborted) return 'interrupted';
    throw error;
  } finally {
    clearInterval(timer);
    line.end();
  }
}

/** @returns the exit code when nothing is to be done */
async function ask(
  { db }: App,
  parent: Import,
  { kind, command, question, nothing }: OrderCommand,
  yes: boolean,
  terminal: Terminal,
): Promise<'confirmed' | 0 | 1> {
  const print = printTo(terminal.stdout);
  const order = await latestOrder(db, parent.id, kind);
  const tallies = order === undefined ? [] : await readOrderTallies(db, order.id);
  const count = countToDo(tallies);
  print(`Import ${parent.id} · ${parent.fileName} → ${parent.portal}`);
  print(previewLines(kind, tallies, order?.means ?? null).join('\n'));
  if (count === 0) return 0;
  const shown = question(count.toLocaleString('en'));
  if (!yes && !(await confirmNumber(terminal, command, shown, count))) {
    await stopOrder(db, parent, kind, 'cli');
    print(nothing);
    return 1;
  }
  idOrThrow(await confirmOrder(db, parent, kind, count, 'cli'));
  return 'confirmed';
}

function idOrThrow(result: OrderResult): number {
  if (!result.ok) throw result.problem;
  return result.id;
}
