import { expect, test } from 'vitest';
import { detectFormat } from '../../src/files/csv/detect-format.ts';
import { beginImportOf, fillImport, type IngestSource, ingestAs } from '../../src/ingest/ingest.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { acquireIngestLease } from '../../src/ledger/imports/ingest-lease.ts';
import { IngestLeaseLost } from '../../src/ledger/imports/ingest-lease-lost.ts';
import { emptyImport } from '../../src/ledger/imports/remove-import.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { countsOf, PORTAL, recount } from '../ledger/sample-pairs.ts';
import { NOBODY } from '../support/ledger/take-csv.ts';
import { openTestLedger } from '../support/ledger/test-ledger.ts';

const HEAD = 'group_id,user_id,message\n';
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `2,${from + at},Hello\n`).join('');
/** The first part is larger than one transaction. */
const [FIRST, SECOND] = [rows(1, 10_100), rows(10_101, 100)];

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

test.each(['while it reads', 'when it has read all'])(
  'a reader that loses its lease %s writes nothing into the import of another reader',
  async (when) => {
    await using ledger = await openTestLedger();
    const { db } = ledger;
    const open = () => parts(HEAD, FIRST, SECOND);
    const named = { fileName: 'team.csv', fileDigest: 'd1', portal: PORTAL, message: null };
    const source: IngestSource = { ...named, format: await detectFormat(open, 'team.csv', {}) };
    const options = { concurrency: 4, directory: NOBODY };
    const lease = await db.transaction().execute((tx) => beginImportOf(tx, source));
    const { importId } = lease;

    const takeOver = async () => {
      await db.updateTable('imports').set({ lease_until: 0 }).execute();
      const other = await acquireIngestLease(db, importId);
      if (other === undefined) throw new Error('the import has a lease');
      await emptyImport(db, other);
      await fillImport(db, other, source, open(), options);
    };
    async function* standingStill(): AsyncGenerator<Uint8Array> {
      yield* parts(HEAD, FIRST);
      if (when === 'while it reads') await takeOver();
      yield* parts(SECOND);
      if (when !== 'while it reads') await takeOver();
    }
    const first = ingestAs(db, lease, source, standingStill(), options);
    await expect(first).rejects.toThrow(IngestLeaseLost);

    expect(await findImport(db, importId)).toMatchObject({ state: 'ready', rows: 10_200 });
    const counts = countsOf(await readTallies(db, importId));
    expect(counts).toEqual({ 'pending/': 10_200 });
    expect(counts).toEqual(await recount(db, importId));
  },
);
