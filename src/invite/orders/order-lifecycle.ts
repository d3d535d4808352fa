import type { Problem } from '../../domain/errors/problem.ts';
import type { Import, StoredImportState } from '../../domain/imports/import.ts';
import { countToDo, type OrderKind } from '../../domain/imports/order.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { recordAudit } from '../../ledger/imports/audit.ts';
import { changeImport } from '../../ledger/imports/change-import.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import {
  changeOrder,
  createOrder,
  hasRunningOrder,
  latestOrder,
  readOrderTallies,
} from '../../ledger/orders/order-store.ts';
import { finishOrderWhenSettled } from '../../ledger/orders/settle-order.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import { problem } from '../../messages/problems.ts';
import { ORDERED } from '../operations/operations.ts';

/** Result of a user's order: its id, or why it is not possible. */
export type OrderResult = { ok: true; id: number } | { ok: false; problem: Problem };

/** What a reminder says, and for how many days no one is reminded again. */
export interface Reminder {
  message: string;
  everyDays: number;
}

/** States in which an import invites no one. */
const AT_REST: readonly StoredImportState[] = ['paused', 'finished', 'cancelled'];

const refuse = (why: Problem): OrderResult => ({ ok: false, problem: why });

/**
 * Creates an order whose preview is to be read; it replaces one that nobody has confirmed.
 *
 * @param reminder its text, and how many days a person is not reminded again. @default no reminder
 */
export function beginOrder(
  db: Db,
  { id: importId }: Pick<Import, 'id'>,
  kind: OrderKind,
  actor: string,
  reminder?: Reminder,
): Promise<OrderResult> {
  return changeImport(db, importId, async (tx) => {
    const obstacle = await obstacleTo(tx, importId);
    if (obstacle !== undefined) return refuse(obstacle);
    const { message = null, everyDays = null } = reminder ?? {};
    const order = { importId, kind, actor, message, everyDays };
    const pairs = (await readTallies(tx, importId))
      .filter(({ outcome }) => outcome === 'invited')
      .reduce((sum, { count }) => sum + count, 0);
    return { ok: true, id: await createOrder(tx, { ...order, pairs }) };
  });
}

/**
 * Starts an order. The person confirms the number that the preview has shown: if it is another by now, nothing starts.
 *
 * @param number of pairs that the order is going to change
 */
export function confirmOrder(
  db: Db,
  { id: importId }: Pick<Import, 'id'>,
  kind: OrderKind,
  number: number,
  actor: string,
): Promise<OrderResult> {
  return changeImport(db, importId, async (tx) => {
    const obstacle = await obstacleTo(tx, importId);
    if (obstacle !== undefined) return refuse(obstacle);
    const order = await latestOrder(tx, importId, kind);
    if (order?.state !== 'ready') return refuse(problem('order_unread', { id: importId }));
    const count = countToDo(await readOrderTallies(tx, order.id));
    if (count !== number) return refuse(problem('order_number_wrong', { number, count }));
    await changeOrder(tx, order.id, ['ready'], 'running');
    const detail = auditDetail('pairs', { pairs: count });
    await recordAudit(tx, { importId, actor, action: ORDERED[kind].action, detail });
    await finishOrderWhenSettled(tx, order.id);
    return { ok: true, id: order.id };
  });
}

async function obstacleTo(tx: Db, importId: number): Promise<Problem | undefined> {
  const parent = await findImport(tx, importId);
  if (parent === undefined) return problem('import_unknown', { id: importId });
  if (!AT_REST.includes(parent.state)) return problem('order_too_early', { id: importId });
  if (await hasRunningOrder(tx, importId)) return problem('order_in_progress', { id: importId });
  return undefined;
}

/** Stops an order: nothing more is sent; requests in flight get their results. Repeated, it has no effect. */
export function stopOrder(
  db: Db,
  { id: importId }: Pick<Import, 'id'>,
  kind: OrderKind,
  actor: string,
): Promise<OrderResult> {
  return changeImport(db, importId, async (tx) => {
    const order = await latestOrder(tx, importId, kind);
    if (order === undefined) return refuse(problem('order_unread', { id: importId }));
    const wasRunning = order.state === 'running';
    await changeOrder(tx, order.id, ['reading', 'ready', 'running'], 'cancelled');
    if (wasRunning) {
      await recordAudit(tx, { importId, actor, action: `${ORDERED[kind].action} stop` });
    }
    return { ok: true, id: order.id };
  });
}
