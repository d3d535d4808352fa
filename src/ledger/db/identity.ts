import type { Db } from './schema.ts';

/** @returns the ledger's id, set when it was created: distinguishes two ledgers on one Redis */
export async function ledgerId(db: Db): Promise<string> {
  const { id } = await db.selectFrom('ledger').select('id').executeTakeFirstOrThrow();
  return id;
}
