import { expect, test } from 'vitest';
import { createDatabase, isOnPostgres } from '../support/postgres/on-postgres.ts';
import { runChaos } from './chaos.ts';
import { FAULT_NAMES, type FaultName } from './inject-chaos.ts';

/** Injects each kind of fault once; `npm run check:long` and `npm run chaos` inject many more. */
const ON_SQLITE = [
  ...['killRun', 'portalFault', 'flushRedis', 'secondWorker', 'freezeRun', 'stallPortal'],
] as const satisfies FaultName[];
const ON_POSTGRES = [
  ...['killedWorker', 'killRedis', 'loseLedger', 'endRun', 'pauseAndResume', 'revokedWebhook'],
] as const satisfies FaultName[];

test('the ledger agrees with the portal after any fault', async () => {
  await using database = isOnPostgres ? await createDatabase() : undefined;
  const faults = isOnPostgres ? ON_POSTGRES : ON_SQLITE;
  const report = await runChaos(1, { database, faults, size: 600 });
  expect(report.wrong).toEqual([]);
  expect(report.faults).toEqual(faults);
  expect(report.faults.length).toBeGreaterThan(0);
});

test('each kind of fault is injected', () => {
  expect([...ON_SQLITE, ...ON_POSTGRES].toSorted()).toEqual(FAULT_NAMES.toSorted());
});
