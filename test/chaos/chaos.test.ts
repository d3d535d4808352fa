import { expect, test } from 'vitest';
import { createDatabase, isOnPostgres } from '../support/postgres/on-postgres.ts';
import { runChaos } from './chaos.ts';
import { type FaultName, MISCHIEF_NAMES } from './inject-chaos.ts';

/** Each kind of mischief once; `npm run check:long` and `npm run chaos` play many more. */
const ON_SQLITE = [
  ...['killRun', 'portalFault', 'flushRedis', 'secondWorker', 'freezeRun', 'stallPortal'],
] as const satisfies FaultName[];
const ON_POSTGRES = [
  ...['workerThatDies', 'killRedis', 'loseLedger', 'endRun', 'pauseAndResume', 'revokedWebhook'],
] as const satisfies FaultName[];

test('whatever befalls an import, the ledger says what the portal did', async () => {
  await using database = isOnPostgres ? await createDatabase() : undefined;
  const faultInjector = isOnPostgres ? ON_POSTGRES : ON_SQLITE;
  const report = await runChaos(1, { database, faultInjector, size: 600 });
  expect(report.wrong).toEqual([]);
  expect(report.faultInjector).toEqual(faultInjector);
  expect(report.faultInjector.length).toBeGreaterThan(0);
});

test('there is no mischief that is not played', () => {
  expect([...ON_SQLITE, ...ON_POSTGRES].toSorted()).toEqual(MISCHIEF_NAMES.toSorted());
});
