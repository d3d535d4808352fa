import { randomUUID } from 'node:crypto';
import { auditDetails } from '../domain/audit-details.ts';
import type { Notice } from '../domain/notice.ts';
import { countByOutcome } from '../domain/outcome.ts';
import { recordAudit } from './audit.ts';
import { findImport } from './imports.ts';
import type { Db } from './schema.ts';
import { readTallies } from './tallies.ts';

/** A notice in the hands of one who delivers it. */
export interface ClaimedNotice {
  id: number;
  /** The same at every try: whoever gets it twice knows by this. */
  key: string;
  event: string;
  /** JSON. */
  body: string;
  createdAt: Date;
  /** Rounds of tries that failed. */
  attempts: number;
}

/** Tells that an import has ended; belongs into the transaction that ends it. */
export async function noticeFinished(db: Db, importId: number): Promise<void> {
  const about = await describeImport(db, importId);
  if (about === undefined) return;
  await put(db, { event: 'import.finished', ...about, at: new Date().toISOString() });
}

/** Tells that an import waits for the portal until then, the first time it does. */
export async function noticeLongWait(db: Db, importId: number, until: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const told = await tx
      .selectFrom('audit')
      .select('id')
      .where('import_id', '=', importId)
      .where('action', '=', 'long wait')
      .executeTakeFirst();
    const about = told === undefined ? await describeImport(tx, importId) : undefined;
    if (about === undefined) return;
    const at = new Date().toISOString();
    await put(tx, { event: 'import.waiting', ...about, until: until.toISOString(), at });
    const detail = auditDetails.say('until', { time: until.toISOString() });
    await recordAudit(tx, { importId, actor: 'worker', action: 'long wait', detail });
  });
}

/**
 * Tells that the portal is held; belongs into the transaction that holds it.
 *
 * @param dueAt a hold that is over by then is not told at all; milliseconds since 1970
 */
export async function noticeHeld(
  db: Db,
  portal: string,
  hold: { code: string; remedy: string },
  dueAt: number,
): Promise<void> {
  const none = { importId: null, fileName: null, outcomes: null };
  const { code, remedy } = hold;
  const at = new Date().toISOString();
  await put(db, { event: 'portal.held', ...none, portal, code, remedy, at }, dueAt);
}

/** Takes back that the portal is held, unless somebody tells it already. */
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
 * Takes the oldest notice that is due; nobody else gets it meanwhile.
 *
 * @param until when it is free again, should nobody hear of its taker any more
 */
export async function claimNotice(db: Db, until: Date): Promise<ClaimedNotice | undefined> {
  const now = Date.now();
  const row = await db
    .updateTable('notices')
    .set({ claimed_until: until.getTime() })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('notices')
        .select('id')
        .where('due_at', '<=', now)
        .where('claimed_until', '<=', now)
        .orderBy('id')
        .limit(1),
    )
    // Once more, for a database that lets two look at the same time.
    .where('claimed_until', '<=', now)
    .returning(['id', 'key', 'event', 'body', 'created_at', 'attempts'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { created_at, ...rest } = row;
  return { ...rest, createdAt: new Date(created_at) };
}

/** Removes a notice that was delivered, or that nobody will take any more. */
export async function removeNotice(db: Db, id: number): Promise<void> {
  await db.deleteFrom('notices').where('id', '=', id).execute();
}

/** Gives a notice back that could not be delivered; `failed` counts against it. */
export async function returnNotice(
  db: Db,
  id: number,
  { dueAt, failed }: { dueAt: Date; failed: boolean },
): Promise<void> {
  await db
    .updateTable('notices')
    .set((eb) => ({
      ...{ claimed_until: 0, due_at: dueAt.getTime() },
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

async function put(db: Db, notice: Notice, dueAt = Date.now()): Promise<void> {
  const { event, portal, importId: import_id } = notice;
  const key = randomUUID();
  const body = JSON.stringify({ id: key, ...notice });
  const row = { key, event, portal, import_id, body, created_at: Date.now(), due_at: dueAt };
  await db.insertInto('notices').values(row).execute();
}
