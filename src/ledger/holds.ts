import type { Db } from './schema.ts';

/** Why a portal gets no invitations for now, and when to see whether it wants them again. */
export interface Hold {
  code: string;
  description: string;
  since: Date;
  /** Failed tries since. */
  probes: number;
  probeAt: Date;
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
    }
  );
}

/** Holds the portal, or renews the hold after a probe that failed. @returns whether it is new */
export async function putOnHold(
  db: Db,
  portal: string,
  hold: { code: string; description: string; probes: number; probeAt: number },
): Promise<boolean> {
  const row = {
    code: hold.code,
    description: hold.description,
    probes: hold.probes,
    probe_at: hold.probeAt,
  };
  const inserted = await db
    .insertInto('holds')
    .values({ portal, since: Date.now(), ...row })
    .onConflict((conflict) => conflict.column('portal').doNothing())
    .returning('portal')
    .executeTakeFirst();
  if (inserted !== undefined) return true;
  await db.updateTable('holds').set(row).where('portal', '=', portal).execute();
  return false;
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
    .set({ probe_at: nextAt })
    .where('portal', '=', portal)
    .where('probe_at', '<=', Date.now())
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lets a portal go that works again. @returns whether it was held */
export async function releaseHold(db: Db, portal: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('holds')
    .where('portal', '=', portal)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Lets the next request to a held portal leave at once: somebody believes that it works again. */
export async function tryNow(db: Db, portal: string): Promise<void> {
  await db
    .updateTable('holds')
    .set({ probe_at: Date.now(), probes: 0 })
    .where('portal', '=', portal)
    .execute();
}
