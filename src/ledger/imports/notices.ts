import { randomUUID } from 'node:crypto';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Notice } from '../../domain/imports/notice.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db, Schema } from '../db/schema.ts';
import { readTallies } from '../tallies/tallies.ts';
import { recordAudit } from './audit.ts';
import { findImport } from './import-store.ts';

export interface ClaimedNotice {
  id: number;
  /** The same in every attempt, so that a receiver can detect duplicates. */
  key: string;
  event: string;
  /** JSON. */
  body: string;
  /** Age in milliseconds. */
  ageMs: number;
  /** Failed rounds of delivery. */
  attempts: number;
}

/** Creates a notice that an import has finished. Call inside the transaction that finishes it. */
export async function noticeFinished(db: Db, importId: number): Promise<void> {
  const about = await describeImport(db, importId);
  if (about === undefined) return;
  await put(db, { event: 'import.finished', ...about, at: new Date().toISOString() });
}

/** Creates a notice that an import waits for the portal, only for its first such wait. */
export async function noticeLongWait(db: Db, importId: number, until: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const reported = await tx
      .selectFrom('audit')
      .select('id')
      .where('import_id', '=', importId)
      .where('action', '=', 'long wait')
      .executeTakeFirst();
    const about = reported === undefined ? await describeImport(tx, importId) : undefined;
    if (about === undefined) return;
    const at = new Date().toISOString();
    await put(tx, { event: 'import.waiting', ...about, until: until.toISOString(), at });
    const detail = auditDetail('until', { time: until.toISOString() });
    await recordAudit(tx, { importId, actor: 'worker', action: 'long wait', detail });
  });
}

/** Call in the transaction that holds the portal. @param dueInMs an earlier end is not reported */
export async function noticeHeld(
  db: Db,
  portal: string,
  hold: { code: string; remedy: string },
  dueInMs: number,
): Promise<void> {
  const none = { importId: null, fileName: null, outcomes: null };
  const { code, remedy } = hold;
  const at = new Date().toISOString();
  await put(db, { event: 'portal.held', ...none, portal, code, remedy, at }, dueInMs);
}

/** Deletes the notice that the portal is held, unless its delivery has begun. */
export async function withdrawHeld(db: Db, portal: string): Promise<void> {
  await db
    .deleteFrom('notices')
    .where('event', '=', 'portal.held')
    .where('portal', '=', portal)
    .where('attempts', '=', 0)
    .where('claimed_until', '=', 0)
    .execute();
}

/**
 * Claims the oldest notice that is due, exclusively. Times come from the ledger's clock.
 *
 * @param leaseMs milliseconds after which the notice is free again, when its process has died
 */
export async function claimNotice(db: Db, leaseMs: number): Promise<ClaimedNotice | undefined> {
  const now = ledgerNow(db);
  const until = sql<number>`${now} + ${leaseMs}`;
  // No lease lasts longer: the clock was set back after the claim.
  const isFree = (eb: ExpressionBuilder<Schema, 'notices'>) =>
    eb.or([eb('claimed_until', '<=', now), eb('claimed_until', '>', until)]);
  const row = await db
    .updateTable('notices')
    .set({ claimed_until: until })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('notices')
        .select('id')
        .where('due_at', '<=', now)
        .where(isFree)
        .orderBy('id')
        .limit(1),
    )
    // Checked again, for a database in which two transactions can read at the same time.
    .where(isFree)
    .returning(['id', 'key', 'event', 'body', 'attempts'])
    .returning(sql<number>`${now} - created_at`.as('ageMs'))
    .executeTakeFirst();
  return row && { ...row, ageMs: Number(row.ageMs) };
}

/** Deletes a notice that was delivered, or cannot be delivered any more. */
export async function removeNotice(db: Db, id: number): Promise<void> {
  await db.deleteFrom('notices').where('id', '=', id).execute();
}

/** Releases a notice that was not delivered; `failed` counts an attempt. @param dueInMs until the next */
export async function returnNotice(
  db: Db,
  id: number,
  { dueInMs, failed }: { dueInMs: number; failed: boolean },
): Promise<void> {
  await db
    .updateTable('notices')
    .set((eb) => ({
      claimed_until: 0,
      due_at: sql<number>`${ledgerNow(db)} + ${Math.round(dueInMs)}`,
      attempts: eb('attempts', '+', failed ? 1 : 0),
    }))
    .where('id', '=', id)
    .execute();
}

async function describeImport(db: Db, importId: number) {
  const found = await findImport(db, importId);
  if (found === undefined) return undefined;
  const { fileName, portal } = found;
  return { importId, fileName, portal, outcomes: countByOutcome(await readTallies(db, importId)) };
}

async function put(db: Db, notice: Notice, dueInMs = 0): Promise<void> {
  const { event, portal, importId: import_id } = notice;
  const key = randomUUID();
  const body = JSON.stringify({ id: key, ...notice });
  const now = ledgerNow(db);
  await db
    .insertInto('notices')
    .values({
      ...{ key, event, portal, import_id, body },
      ...{ created_at: now, due_at: sql<number>`${now} + ${dueInMs}` },
    })
    .execute();
}
