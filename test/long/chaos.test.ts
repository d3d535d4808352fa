import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runChaos } from '../chaos/chaos.ts';
import { createDatabaseOn } from '../support/database.ts';
import { findPostgres } from '../support/find-postgres.ts';
import { PostgresServer } from '../support/postgres-server.ts';

/** `npm run chaos -- --seeds 200` plays more. */
const SEEDS = [1, 2, 3, 5, 8, 13];

describe('whatever befalls an import, and whenever, the ledger says what the portal did', () => {
  test.concurrent.each(SEEDS)('seed %i on SQLite', async (seed) => {
    const { wrong } = await runChaos(seed);
    expect(wrong, `npm run chaos -- --from ${seed} --seeds 1`).toEqual([]);
  });
});

const bin = findPostgres();

describe.skipIf(bin === undefined)('the same', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    if (bin === undefined) return;
    server = await PostgresServer.make(bin);
    await server.create();
  });
  afterAll(() => server.dispose());

  test.concurrent.each(SEEDS)('seed %i on Postgres', async (seed) => {
    await using database = await createDatabaseOn(server.url);
    const { wrong } = await runChaos(seed, { database });
    expect(wrong, `npm run chaos -- --postgres --from ${seed} --seeds 1`).toEqual([]);
  });
});
