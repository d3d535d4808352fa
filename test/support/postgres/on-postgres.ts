import { inject } from 'vitest';
import { createDatabaseOn, type TestDatabase } from '../ledger/test-database.ts';
import { untilReady } from './postgres-server.ts';

/** Whether this test run uses ledgers on Postgres. */
export const isOnPostgres = inject('postgresUrl') !== undefined;

let ready: Promise<void> | undefined;

/**
 * Creates a database on the server that all tests of a run share.
 *
 * @example
 * await using database = await createDatabase();
 */
export async function createDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  ready ??= untilReady(serverUrl);
  await ready;
  return createDatabaseOn(serverUrl);
}
