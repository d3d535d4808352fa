import { noticeHeld, withdrawHeld } from './notices.ts';
import type { Db } from './schema.ts';

/** Why a portal gets no invitations for now, and when to see whether it wants them again. */
export interface Hold {
  code: string;
  description: string;
  since: Date;
  /** Failed tries since. */
  probes: number;
  probeAt: Date;
  /** Whether it is being tried. */
  isTried: boolean;
}

/** @returns the hold on the portal, if there is one */
export async function readHold(db: Db, portal: string): Promise<Hold | undefined> {
  const row = await db
    .selectFrom('holds')
    .selectAll()
    .where('portal', '=', portal)
    .executeTakeFirst();
  return (
    row && {
      code: row.code,
      description: row.description,
      since: new Date(row.since),
      probes: row.probes,
      probeAt: new Date(row.probe_at),
      // Of a try that was never heard of again nobody has taken the mark away.
      isTried: row.tried_since !== null && row.probe_at > Date.now(),
    }
  );
}

/** A hold as it is put on a portal. */
export interface NewHold {
  code: string;
  description: string;
  probes: number;
  probeAt: number;
  /** What a person should do about it. */
  remedy: string;
  /** From when on it is worth telling; milliseconds since 1970. */
  tellAt: number;
}

/** Holds the portal, or renews the hold after a probe that failed. @returns whether it is new */
export async function putOnHold(db: Db, portal: string, hold: NewHold): Promise<boolean> {
  const row = {
    code: hold.code,
    description: hold.description,
    probes: hold.probes,
    probe_at: hold.probeAt,
    tried_since: null,
  };
  return db.transaction().execute(async (tx) => {
    const inserted = await tx
      .insertInto('holds')
      .values({ portal, since: Date.now(), ...row })
      .onConflict((conflict) => conflict.column('portal').doNothing())
      .returning('portal')
      .executeTakeFirst();
    if (inserted === undefined) {
      await tx.updateTable('holds').set(row).where('portal', '=', portal).execute();
      return false;
    }
    await noticeHeld(tx, portal, hold, hold.tellAt);
    return true;
  });
}

/** Makes a hold, if there still is one, last until another probe. */
export async function renewHold(
  db: Db,
  portal: string,
  { probes, probeAt }: Pick<NewHold, 'probes' | 'probeAt'>,
): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probes, probe_at: probeAt, tried_since: null })
    .where('portal', '=', portal)
    .execute();
}

/**
 * Takes the one probe that is due; whoever else asks waits for its result.
 *
 * @param nextAt when the next probe may be taken, should this one never be heard of again
 * @returns whether the caller has the probe
 */
export async function takeProbe(db: Db, portal: string, nextAt: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('holds')
    .set({ probe_at: nextAt, tried_since: Date.now() })
    .where('portal', '=', portal)
    .where('probe_at', '<=', Date.now())
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Gives a probe back that was not used, unless somebody has the next one already.
 *
 * @param nextAt as it was taken with
 * @param at when it may be taken again; milliseconds since 1970
 */
export async function returnProbe(
  db: Db,
  portal: string,
  nextAt: number,
  at: number,
): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probe_at: at, tried_since: null })
    .where('portal', '=', portal)
    .where('probe_at', '=', nextAt)
    .execute();
}

/** Lets a portal go that works again. @returns whether it was held */
export async function releaseHold(db: Db, portal: string): Promise<boolean> {
  // Nearly always there is none, and no transaction needed to see that.
  if ((await readHold(db, portal)) === undefined) return false;
  return db.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('holds')
      .where('portal', '=', portal)
      .executeTakeFirst();
    await withdrawHeld(tx, portal);
    return numDeletedRows > 0n;
  });
}

/** Lets the next request to a held portal leave at once: somebody believes that it works again. */
export async function tryNow(db: Db, portal: string): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probe_at: Date.now(), probes: 0 })
    .where('portal', '=', portal)
    .execute();
}
