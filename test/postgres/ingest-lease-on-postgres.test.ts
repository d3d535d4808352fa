import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openLedger } from '../../src/ledger/db/database.ts';
import { createImport } from '../../src/ledger/imports/import-store.ts';
import { acquireIngestLease, withIngestLease } from '../../src/ledger/imports/ingest-lease.ts';
import { SOURCE } from '../ledger/sample-pairs.ts';
import { openTestLedger } from '../support/ledger/test-ledger.ts';

test('no process takes the lease while its holder writes', async () => {
  await using stack = new AsyncDisposableStack();
  const { db, place } = stack.use(await openTestLedger());
  const other = await openLedger(place);
  stack.defer(() => other.destroy());
  const id = await createImport(db, SOURCE);
  const lease = await acquireIngestLease(db, id);
  if (lease === undefined) throw new Error('there is no other process');
  await db.updateTable('imports').set({ lease_until: 0 }).execute();

  const events: string[] = [];
  let taking: Promise<unknown> | undefined;
  await withIngestLease(db, lease, async (tx) => {
    taking = acquireIngestLease(other, id).then(() => events.push('taken'));
    const waiting = async () =>
      sql`select 1 from pg_locks where not granted`.execute(tx).then(({ rows }) => rows.length);
    await expect.poll(waiting, { timeout: 90_000 }).toBeGreaterThan(0);
    events.push('written');
  });
  await taking;
  expect(events).toEqual(['written', 'taken']);
});
