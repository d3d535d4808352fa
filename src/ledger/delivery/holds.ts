import { sql } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { noticeHeld, withdrawHeld } from '../imports/notices.ts';

/** A probe further away dates from before the clock was set back. In milliseconds. */
const LONGEST_MS = 1_200_000;

/** Why a portal receives no invitations for now, and when the next probe is due. */
export interface Hold {
  code: string;
  description: string;
  since: Date;
  /** Failed tries since then. */
  probes: number;
  probeAt: Date;
  /** Milliseconds until the portal may be tried; 0 when it may be tried now. */
  probeInMs: number;
  /** Whether a probe is in progress. */
  isTried: boolean;
}

/** @returns the hold on the portal, if there is one */
export async function readHold(db: Db, portal: string): Promise<Hold | undefined> {
  const row = await db
    .selectFrom('holds')
    .selectAll()
    .select(sql<number>`probe_at - ${ledgerNow(db)}`.as('probe_in'))
    .where('portal', '=', portal)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const probeInMs = row.probe_in > LONGEST_MS ? 0 : Math.max(0, row.probe_in);
  return {
    code: row.code,
    description: row.description,
    since: new Date(row.since),
    probes: row.probes,
    probeAt: new Date(row.probe_at),
    probeInMs,
    // A probe that never ended, such as of a killed worker, leaves its mark behind.
    isTried: row.tried_since !== null && probeInMs > 0,
  };
}

/**
 * Call inside the transaction that marks a request as sent.
 *
 * @param probe of the request, when it is a probe
 * @param lifetimeMs milliseconds after which the request is certainly over. A probe with a lease that
 * ends earlier is held back too, because the next one could be in flight at the same time.
 * @returns the code of the hold that stops the request; undefined when there is none
 */
export async function findHoldAgainst(
  db: Db,
  portal: string,
  probe: number | undefined,
  lifetimeMs: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('holds')
    .select(['code', 'probe_at', sql<number>`probe_at - ${ledgerNow(db)}`.as('lease')])
    .where('portal', '=', portal)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return row.probe_at === probe && row.lease >= lifetimeMs ? undefined : row.code;
}

export interface NewHold {
  code: string;
  description: string;
  /** What a person should do about it. */
  remedy: string;
  /** Delay of the notice in milliseconds: a shorter hold is not reported. */
  notifyInMs: number;
}

/** @returns milliseconds until the next probe, given the number of failed probes, from 1 */
export type Pause = (probes: number) => number;

/**
 * Holds the portal. An existing hold stays; the pause until the next probe grows only when the failed
 * request was the probe.
 *
 * @param probe as returned by {@link takeProbe}; undefined when the failed request was not a probe
 * @returns whether the hold is new
 */
export async function putOnHold(
  db: Db,
  portal: string,
  hold: NewHold,
  pause: Pause,
  probe?: number,
): Promise<boolean> {
  const { code, description } = hold;
  return db.transaction().execute(async (tx) => {
    const now = ledgerNow(tx);
    const inserted = await tx
      .insertInto('holds')
      .values({
        ...{ portal, code, description, since: now, probes: 1, tried_since: null },
        probe_at: sql<number>`${now} + ${Math.round(pause(1))}`,
      })
      .onConflict((conflict) => conflict.column('portal').doNothing())
      .returning('portal')
      .executeTakeFirst();
    if (inserted !== undefined) await noticeHeld(tx, portal, hold, hold.notifyInMs);
    else if (probe !== undefined) await failProbe(tx, portal, probe, pause, { code, description });
    return inserted !== undefined;
  });
}

/**
 * Records that a probe failed: the next one may be taken after a longer pause. Does nothing when another
 * worker has taken the next one already, or the hold is over.
 *
 * @param said the portal's latest error, where it differs
 */
export async function failProbe(
  db: Db,
  portal: string,
  probe: number,
  pause: Pause,
  said: Partial<Pick<NewHold, 'code' | 'description'>> = {},
): Promise<void> {
  if (!db.isTransaction) {
    return db.transaction().execute((tx) => failProbe(tx, portal, probe, pause, said));
  }
  const held = await db
    .updateTable('holds')
    .set((eb) => ({ ...said, probes: eb('probes', '+', 1), tried_since: null }))
    .where('portal', '=', portal)
    .where('probe_at', '=', probe)
    .returning('probes')
    .executeTakeFirst();
  if (held === undefined) return;
  await db
    .updateTable('holds')
    .set({ probe_at: sql<number>`${ledgerNow(db)} + ${Math.round(pause(held.probes))}` })
    .where('portal', '=', portal)
    .execute();
}

/**
 * Takes the probe that is due; all other workers wait for its result.
 *
 * @param leaseMs milliseconds after which the next one may be taken, even if this one never ends
 * @returns the probe's identifier; undefined when none is due
 */
export async function takeProbe(
  db: Db,
  portal: string,
  leaseMs: number,
): Promise<number | undefined> {
  const now = ledgerNow(db);
  const taken = await db
    .updateTable('holds')
    .set({ probe_at: sql<number>`${now} + ${Math.round(leaseMs)}`, tried_since: now })
    .where('portal', '=', portal)
    .where((eb) =>
      eb.or([eb('probe_at', '<=', now), eb('probe_at', '>', sql<number>`${now} + ${LONGEST_MS}`)]),
    )
    .returning('probe_at')
    .executeTakeFirst();
  return taken?.probe_at;
}

/** Returns an unused probe, so that another worker can take it. Does nothing when it was replaced. */
export async function returnProbe(db: Db, portal: string, probe: number): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probe_at: ledgerNow(db), tried_since: null })
    .where('portal', '=', portal)
    .where('probe_at', '=', probe)
    .execute();
}

/** Returns the probes of workers that are known to have ended. */
export async function returnProbes(db: Db, portal: string): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probe_at: ledgerNow(db), tried_since: null })
    .where('portal', '=', portal)
    .where('tried_since', 'is not', null)
    .execute();
}

/**
 * Ends the hold of a portal that works again.
 *
 * @param probe that succeeded; a newer hold stays. @default any hold ends, at a user's request
 * @returns whether it was held
 */
export async function releaseHold(db: Db, portal: string, probe?: number): Promise<boolean> {
  // Nearly always there is none, and a read without a transaction shows that.
  if ((await readHold(db, portal)) === undefined) return false;
  return db.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('holds')
      .where('portal', '=', portal)
      .$if(probe !== undefined, (query) => query.where('probe_at', '=', probe ?? 0))
      .executeTakeFirst();
    if (numDeletedRows > 0n) await withdrawHeld(tx, portal);
    return numDeletedRows > 0n;
  });
}

/**
 * Makes the next probe of a held portal due at once, at a user's request. A probe in progress remains the
 * only one, and its result still counts. The number of tries goes on.
 */
export async function tryNow(db: Db, portal: string): Promise<void> {
  const now = ledgerNow(db);
  await db
    .updateTable('holds')
    .set({
      probe_at: sql<number>`case when tried_since is not null and probe_at > ${now} then probe_at else ${now} end`,
    })
    .where('portal', '=', portal)
    .execute();
}
