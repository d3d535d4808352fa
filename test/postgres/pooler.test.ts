import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openLedger } from '../../src/ledger/db/database.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { createImport, listImports } from '../../src/ledger/imports/import-store.ts';
import { SOURCE } from '../ledger/sample-pairs.ts';
import { createDatabase } from '../support/postgres/on-postgres.ts';
import { openStrictPooler } from '../support/postgres/strict-pooler.ts';

async function openThroughPooler() {
  const database = await createDatabase();
  onTestFinished(() => database[Symbol.asyncDispose]());
  const url = new URL(database.url);
  const pooler = await openStrictPooler(Number(url.port));
  onTestFinished(() => pooler[Symbol.asyncDispose]());
  url.port = String(pooler.port);
  const db = await openLedger(url.href);
  onTestFinished(() => db.destroy());
  return { db, pooler };
}

const timeoutIn = async (db: Db): Promise<unknown> =>
  (
    await sql<{
      ms: string;
    }>`select current_setting('idle_in_transaction_session_timeout') as ms`.execute(db)
  ).rows[0]?.ms;

test('works through a pooler that accepts no extra startup parameters', async () => {
  const { db, pooler } = await openThroughPooler();
  await createImport(db, SOURCE);
  expect(await listImports(db)).toMatchObject([SOURCE]);
  expect(pooler.parameters).toContain('database');
});

test('limits the idle time within a transaction, and the setting ends with the transaction', async () => {
  const { db } = await openThroughPooler();
  expect(await db.transaction().execute(timeoutIn)).toBe('1min');
  // A pooler gives the same connection to the next client.
  expect(
    await db.connection().execute(async (same) => {
      await same.transaction().execute(timeoutIn);
      return timeoutIn(same);
    }),
  ).toBe('0');
});
