import { describe, expect, test } from 'vitest';
import { createDatabase, isOnPostgres } from '../support/postgres.ts';
import { runChaos } from './chaos.ts';

/** A few seeds that play every kind of mischief; `npm run chaos -- --seeds 200` runs more. */
const SEEDS = isOnPostgres ? [2] : [1, 8];
const OPTIONS = isOnPostgres ? '--postgres ' : '';

describe('whatever befalls an import, the ledger says what the portal did', () => {
  test.concurrent.each(SEEDS)(
    'seed %i',
    async (seed) => {
      await using database = isOnPostgres ? await createDatabase() : undefined;
      const { wrong } = await runChaos(seed, database);
      expect(wrong, `npm run chaos -- ${OPTIONS}--from ${seed} --seeds 1`).toEqual([]);
    },
    180_000,
  );
});
