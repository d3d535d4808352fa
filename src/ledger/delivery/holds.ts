import { sql } from 'kysely';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { noticeHeld, withdrawHeld } from '../imports/notices.ts';

/**
 * No probe is that far away: a hold that says so was put before the clock was set back. Milliseconds.
 */
const LONGEST_MS = 1_200_000;

/** Why a portal gets no invitations for now, and when to see whether it wants them again. */
export interface Hold {
  code: string;
  description: string;
  since: Date;
  /** Failed tries since. */
  probes: number;
  probeAt: Date;
  /** Milliseconds until it may be tried; 0 when it may now. */
  probeInMs: number;
  /** Whether it is being tried. */
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
    // Of a try that was never heard of again nobody has taken the mark away.
    isTried: row.tried_since !== null && probeInMs > 0,
  };
}

/**
 * Belongs into the transaction that lets a request leave.
 *
 * @param probe of the request, when it is to try the portal
 * @param lifetimeMs milliseconds after which the request is surely over. A probe whose lease may end
 * before that does not leave either: the next one would be out at the same time.
 * @returns the code of the hold that keeps the request from leaving; undefined when none does
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

/** A hold as it is put on a portal. */
export interface NewHold {
  code: string;
  description: string;
  /** What a person should do about it. */
  remedy: string;
  /** After how many milliseconds it is worth telling. */
  notifyInMs: number;
}

/** @returns milliseconds until the next probe after so many that failed, from 1 */
export type Pause = (probes: number) => number;

/**
 * Holds the portal. A portal that is held already stays so; the pause until the next probe grows only
 * when it was the probe that failed.
 *
 * @param probe as {@link takeProbe} gave it; undefined when the request that failed was none
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
 * Records that a probe failed: the next may be taken after a longer pause. Does nothing when somebody
 * has the next one already, or the hold is over.
 *
 * @param said the portal's last word, where it is another one
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
 * Takes the one probe that is due; everybody else waits for its result.
 *
 * @param leaseMs milliseconds after which the next may be taken, should this one never end
 * @returns the probe, to give it back by; undefined when there is none to be had
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

/** Gives a probe back that was not used, for whoever is next; unless somebody has that one already. */
export async function returnProbe(db: Db, portal: string, probe: number): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probe_at: ledgerNow(db), tried_since: null })
    .where('portal', '=', portal)
    .where('probe_at', '=', probe)
    .execute();
}

/** Gives back what workers had taken that are known to live no more. */
export async function returnProbes(db: Db, portal: string): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probe_at: ledgerNow(db), tried_since: null })
    .where('portal', '=', portal)
    .where('tried_since', 'is not', null)
    .execute();
}

/**
 * Lets a portal go that works again.
 *
 * @param probe that has shown it: of a hold that was put since it says nothing. @default a person did
 * @returns whether it was held
 */
export async function releaseHold(db: Db, portal: string, probe?: number): Promise<boolean> {
  // Nearly always there is none, and no transaction needed to see that.
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
 * Lets the next request to a held portal leave at once: somebody believes that it works again. One that
 * tries it just now goes on being the only one, and what it brings still counts.
 */
export async function tryNow(db: Db, portal: string): Promise<void> {
  const now = ledgerNow(db);
  await db
    .updateTable('holds')
    .set({
      probe_at: sql<number>`case when tried_since is not null and probe_at > ${now} then probe_at else ${now} end`,
      probes: 0,
    })
    .where('portal', '=', portal)
    .execute();
}
