import { expect, test } from 'vitest';
import { createDatabase, isOnPostgres } from '../support/postgres/on-postgres.ts';
import { runChaos } from './chaos.ts';
import { MISCHIEF_NAMES, type MischiefName } from './inject-chaos.ts';

/** Each kind of mischief once; `npm run check:long` and `npm run chaos` play many more. */
const ON_SQLITE = [
  ...['killRun', 'portalFault', 'flushRedis', 'secondWorker', 'freezeRun', 'stallPortal'],
] as const satisfies MischiefName[];
const ON_POSTGRES = [
  ...['workerThatDies', 'killRedis', 'loseLedger', 'endRun', 'pauseAndResume', 'revokedWebhook'],
] as const satisfies MischiefName[];

test('whatever befalls an import, the ledger says what the portal did', async () => {
  await using database = isOnPostgres ? await createDatabase() : undefined;
  const mischief = isOnPostgres ? ON_POSTGRES : ON_SQLITE;
  const report = await runChaos(1, { database, mischief, size: 600 });
  expect(report.wrong).toEqual([]);
  expect(report.mischief).toEqual(mischief);
  expect(report.mischief.length).toBeGreaterThan(0);
});

test('there is no mischief that is not played', () => {
  expect([...ON_SQLITE, ...ON_POSTGRES].toSorted()).toEqual(MISCHIEF_NAMES.toSorted());
});
