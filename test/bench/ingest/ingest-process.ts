/** Reads a CSV into a new ledger and reports the time and the peak memory. */
import { createReadStream } from 'node:fs';
import { openLedger } from '../../../src/ledger/db/database.ts';
import { takeCsv } from '../../support/ledger/take-csv.ts';
import { order, post } from '../runs/script.ts';

const { file, ledger } = order<{ file: string; ledger: string }>();
const db = await openLedger(ledger);
const source = {
  fileName: 'rows.csv',
  fileDigest: 'bench',
  portal: 'bench.example',
  message: null,
};
const startedAt = performance.now();
await takeCsv(db, source, () => createReadStream(file));
const seconds = (performance.now() - startedAt) / 1_000;
const { rows } = await db
  .selectFrom('pairs')
  .select((eb) => eb.fn.countAll<number>().as('rows'))
  .executeTakeFirstOrThrow();
await db.destroy();
post({ rows, seconds, peakBytes: process.resourceUsage().maxRSS * 1_024 });
