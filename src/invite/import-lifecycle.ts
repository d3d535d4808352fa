import type { Import, StoredImportState } from '../domain/imports/import.ts';
import type { Db } from '../ledger/db/schema.ts';
import { cancelWaiting, countWaiting } from '../ledger/delivery/cancel-waiting.ts';
import { tryNow } from '../ledger/delivery/holds.ts';
import { finishWhenSettled } from '../ledger/delivery/record-outcomes.ts';
import { addRetryOrder, forgetRetry, isRetrying } from '../ledger/delivery/retry-orders.ts';
import { retryOrdered } from '../ledger/delivery/retry-pairs.ts';
import { recordAudit } from '../ledger/imports/audit.ts';
import { changeImport } from '../ledger/imports/change-import.ts';
import { changeState } from '../ledger/imports/import-state.ts';
import { findImport } from '../ledger/imports/import-store.ts';
import { auditDetail } from '../messages/audit-details.ts';

/** What became of a person's order. */
export type LifecycleResult =
  | { ok: true; state: StoredImportState; pairs: number }
  /** The import is in a state in which the order makes no sense. */
  | { ok: false; state: StoredImportState };

/** An import that an order is for; the state is what is known of it, should it be gone. */
type ImportRef = Pick<Import, 'id' | 'state'>;

/**
 * Sets a new or paused import running; one without a single pair is finished at once.
 *
 * @param actor who wants that, for the audit trail. @default `cli`
 */
export async function startImport(db: Db, importId: number, actor = 'cli'): Promise<void> {
  await changeImport(db, importId, async (tx) => {
    for (const [from, action] of [
      ['ready', 'start'],
      ['paused', 'resume'],
    ] as const) {
      const moved = await changeState(tx, importId, [from], 'running');
      if (moved) await recordAudit(tx, { importId, actor, action });
    }
    await finishWhenSettled(tx, importId);
  });
}

/** Sets a new import running for the first time, as a person wants it. */
export function beginImport(db: Db, parent: ImportRef, actor: string): Promise<LifecycleResult> {
  return order(db, parent, actor, 'start', async (tx) => {
    const moved = await move(tx, parent.id, ['ready'], 'running');
    if (moved !== undefined) await finishWhenSettled(tx, parent.id);
    return moved;
  });
}

/** Lets no further request of the import leave; those in flight end. */
export function pauseImport(db: Db, parent: Import, actor: string): Promise<LifecycleResult> {
  return order(db, parent, actor, 'pause', (tx) =>
    move(tx, parent.id, ['ready', 'running'], 'paused'),
  );
}

/** Goes on with a paused import. A held portal is tried at once. */
export function resumeImport(db: Db, parent: Import, actor: string): Promise<LifecycleResult> {
  return order(db, parent, actor, 'resume', async (tx) => {
    await tryNow(tx, parent.portal);
    const moved = await move(tx, parent.id, ['ready', 'paused', 'running'], 'running');
    await finishWhenSettled(tx, parent.id);
    return moved;
  });
}

/**
 * Ends an import: nothing of it is sent any more. What waits becomes `cancelled/by_user` afterwards,
 * by {@link cancelWaiting} or in a worker; what is in flight still gets its outcome.
 */
export function cancelImport(db: Db, parent: Import, actor: string): Promise<LifecycleResult> {
  return order(db, parent, actor, 'cancel', async (tx) => {
    const moved = await move(tx, parent.id, ['ready', 'running', 'paused'], 'cancelled');
    if (moved === undefined) return undefined;
    await forgetRetry(tx, parent.id);
    return countWaiting(tx, parent.id);
  });
}

/** Puts what failed or is unknown back in line: `orderRetry`, carried out. */
export async function retryImport(
  db: Db,
  parent: Import,
  actor: string,
  reason: string | undefined,
): Promise<LifecycleResult> {
  const ordered = await orderRetry(db, parent, actor, reason);
  if (ordered.ok) await retryOrdered(db, parent.id);
  return ordered;
}

/**
 * Orders that what failed or is unknown goes back in line, which `retryOrdered` does afterwards, or
 * a worker. What an earlier cancel or retry has not come to yet is done first.
 *
 * @param reason only pairs with this reason
 */
export async function orderRetry(
  db: Db,
  parent: Import,
  actor: string,
  reason: string | undefined,
): Promise<LifecycleResult> {
  const { id } = parent;
  const action = reason === undefined ? 'retry' : `retry ${reason}`;
  for (;;) {
    await cancelWaiting(db, id);
    await retryOrdered(db, id);
    let isTooEarly = false;
    const done = await order(db, parent, actor, action, async (tx) => {
      isTooEarly = await hasUnfinishedOrder(tx, id);
      if (isTooEarly) return undefined;
      const count = await addRetryOrder(tx, id, reason);
      if (count > 0) await move(tx, id, ['finished', 'cancelled'], 'running');
      return count;
    });
    if (!isTooEarly) return done;
  }
}

/** Whether more came in the way of a retry since it was looked. */
async function hasUnfinishedOrder(tx: Db, id: number): Promise<boolean> {
  if (await isRetrying(tx, id)) return true;
  return (await findImport(tx, id))?.state === 'cancelled' && (await countWaiting(tx, id)) > 0;
}

async function move(
  db: Db,
  id: number,
  from: readonly StoredImportState[],
  to: StoredImportState,
): Promise<number | undefined> {
  return (await changeState(db, id, from, to)) ? 0 : undefined;
}

async function order(
  db: Db,
  { id, state }: ImportRef,
  actor: string,
  action: string,
  act: (tx: Db) => Promise<number | undefined>,
): Promise<LifecycleResult> {
  return changeImport(db, id, async (tx): Promise<LifecycleResult> => {
    // It may have been removed a moment ago, with its pairs still there.
    if ((await findImport(tx, id)) === undefined) return { ok: false, state };
    const pairs = await act(tx);
    const now = (await findImport(tx, id))?.state ?? state;
    if (pairs === undefined) return { ok: false, state: now };
    const detail = pairs > 0 ? { detail: auditDetail('pairs', { pairs }) } : {};
    await recordAudit(tx, { importId: id, actor, action, ...detail });
    return { ok: true, state: now, pairs };
  });
}
