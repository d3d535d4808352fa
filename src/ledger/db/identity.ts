import type { Db } from './schema.ts';

/** Rewrites the ledger's only row: a write that changes nothing. */
export async function touchLedger(db: Db): Promise<void> {
  await db
    .updateTable('ledger')
    .set((eb) => ({ id: eb.ref('id') }))
    .execute();
}

/** @returns the ledger's id, set when it was created: distinguishes two ledgers on one Redis */
export async function ledgerId(db: Db): Promise<string> {
  const { id } = await db.selectFrom('ledger').select('id').executeTakeFirstOrThrow();
  return id;
}
