import type { Db } from './schema.ts';

/** @returns the ledger's own name, given when it was created: tells two ledgers on one Redis apart */
export async function ledgerId(db: Db): Promise<string> {
  const { id } = await db.selectFrom('ledger').select('id').executeTakeFirstOrThrow();
  return id;
}
