import type { Import, StoredImportState } from '../domain/imports/import.ts';
import type { Db } from '../ledger/db/schema.ts';
import { cancelWaiting, countWaiting } from '../ledger/delivery/cancel-waiting.ts';
import { tryNow } from '../ledger/delivery/holds.ts';
import { finishWhenSettled } from '../ledger/delivery/record-outcomes.ts';
import {
  addChosenRetry,
  addRetryOrder,
  forgetRetry,
  isRetrying,
} from '../ledger/delivery/retry-orders.ts';
import { retryOrdered } from '../ledger/delivery/retry-pairs.ts';
import { beginTrial, endTrial, endTrialWhenOver } from '../ledger/delivery/trial-pairs.ts';
import { recordAudit } from '../ledger/imports/audit.ts';
import { changeImport } from '../ledger/imports/change-import.ts';
import { changeState } from '../ledger/imports/import-state.ts';
import { findImport } from '../ledger/imports/import-store.ts';
import { rememberChoices } from '../ledger/imports/remembered-choices.ts';
import { pairsToRetry } from '../ledger/search/matching-pairs.ts';
import type { WantedRecords } from '../ledger/search/wanted-records.ts';
import { auditDetail } from '../messages/audit-details.ts';

/** Result of a user's order. */
export type LifecycleResult =
  | { ok: true; state: StoredImportState; pairs: number }
  /** The order is not possible in the state of the import. */
  | { ok: false; state: StoredImportState };

/** The import of an order, with its last known state in case it has been removed. */
type ImportRef = Pick<Import, 'id' | 'state'>;

/**
 * Starts a new import or resumes a paused one. An import without pairs is finished at once.
 *
 * @param actor who starts it, for the audit trail. @default `cli`
 */
export async function startImport(db: Db, importId: number, actor = 'cli'): Promise<void> {
  await changeImport(db, importId, async (tx) => {
    for (const [from, action] of [
      ['ready', 'start'],
      ['paused', 'resume'],
    ] as const) {
      const moved = await changeState(tx, importId, [from], 'running');
      if (moved) await endTrialWhenOver(tx, importId);
      if (moved) await recordAudit(tx, { importId, actor, action });
      if (moved && from === 'ready') await rememberChoices(tx, importId);
    }
    await finishWhenSettled(tx, importId);
  });
}

/** Starts a new import on a user's order. */
export function beginImport(
  db: Db,
  parent: ImportRef,
  actor: string,
  { first }: StartOptions = {},
): Promise<LifecycleResult> {
  return order(db, parent, actor, first === undefined ? 'start' : 'try', async (tx) => {
    const moved = await move(tx, parent.id, ['ready'], 'running');
    if (moved === undefined) return undefined;
    await rememberChoices(tx, parent.id);
    const tried = first === undefined ? 0 : await beginTrial(tx, parent.id, first);
    await finishWhenSettled(tx, parent.id);
    return tried;
  });
}

export interface StartOptions {
  /** Send only this many pairs, then pause. @default all */
  first?: number | undefined;
}

/** Pauses an import: no further request is sent; requests in flight end. */
export function pauseImport(db: Db, parent: Import, actor: string): Promise<LifecycleResult> {
  return order(db, parent, actor, 'pause', (tx) =>
    move(tx, parent.id, ['ready', 'running'], 'paused'),
  );
}

/** Resumes a paused import, after a trial with all other pairs. A held portal is probed at once. */
export function resumeImport(db: Db, parent: Import, actor: string): Promise<LifecycleResult> {
  let action = 'resume';
  return order(
    db,
    parent,
    actor,
    () => action,
    async (tx) => {
      if ((await findImport(tx, parent.id))?.state === 'running') action = 'try now';
      await tryNow(tx, parent.portal);
      await endTrialWhenOver(tx, parent.id);
      const moved = await move(tx, parent.id, ['ready', 'paused', 'running'], 'running');
      await finishWhenSettled(tx, parent.id);
      return moved;
    },
  );
}

/**
 * Cancels an import: no further request is sent. Pending pairs become `cancelled/by_user` afterwards, by
 * {@link cancelWaiting} or in a worker; pairs in flight still get their outcome.
 */
export function cancelImport(db: Db, parent: Import, actor: string): Promise<LifecycleResult> {
  return order(db, parent, actor, 'cancel', async (tx) => {
    const moved = await move(tx, parent.id, ['ready', 'running', 'paused'], 'cancelled');
    if (moved === undefined) return undefined;
    await endTrial(tx, parent.id);
    await forgetRetry(tx, parent.id);
    return countWaiting(tx, parent.id);
  });
}

/** Sets pairs that were not invited to pending: `orderRetry` and its execution. */
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
 * Orders that pairs are set to pending, those with one reason or all that another try can help; `retryOrdered` or a worker does that afterwards.
 * An earlier cancel or retry that is not complete yet is completed first.
 *
 * @param reason only pairs with this reason
 * @param chosen only pairs that meet these criteria, whatever the reason for which they were not invited
 */
export async function orderRetry(
  db: Db,
  parent: Import,
  actor: string,
  reason: string | undefined,
  chosen?: WantedRecords,
): Promise<LifecycleResult> {
  const { id } = parent;
  const action = retryAction(reason, chosen);
  for (;;) {
    await cancelWaiting(db, id);
    await retryOrdered(db, id);
    let isTooEarly = false;
    const done = await order(db, parent, actor, action, async (tx) => {
      isTooEarly = await hasUnfinishedOrder(tx, id);
      if (isTooEarly) return undefined;
      const count =
        chosen === undefined
          ? await addRetryOrder(tx, id, reason)
          : await addChosenRetry(tx, id, await pairsToRetry(tx, id, chosen));
      if (count > 0) await move(tx, id, ['finished', 'cancelled'], 'running');
      return count;
    });
    if (!isTooEarly) return done;
  }
}

const retryAction = (reason: string | undefined, chosen: WantedRecords | undefined): string => {
  if (chosen !== undefined) return 'retry chosen';
  return reason === undefined ? 'retry' : `retry ${reason}`;
};

/** Whether another cancel or retry has been ordered since the earlier ones were completed. */
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
  action: string | (() => string),
  act: (tx: Db) => Promise<number | undefined>,
): Promise<LifecycleResult> {
  return changeImport(db, id, async (tx): Promise<LifecycleResult> => {
    // The import may have been removed a moment ago while its pairs still exist.
    if ((await findImport(tx, id)) === undefined) return { ok: false, state };
    const pairs = await act(tx);
    const now = (await findImport(tx, id))?.state ?? state;
    if (pairs === undefined) return { ok: false, state: now };
    const detail = pairs > 0 ? { detail: auditDetail('pairs', { pairs }) } : {};
    const name = typeof action === 'string' ? action : action();
    await recordAudit(tx, { importId: id, actor, action: name, ...detail });
    return { ok: true, state: now, pairs };
  });
}
