import { describe, expect, test } from 'vitest';
import { runChaos } from './chaos.ts';

/** A few seeds that play every kind of mischief; `npm run chaos -- --seeds 200` runs more. */
const SEEDS = [1, 2, 8];

describe('whatever befalls an import, the ledger says what the portal did', () => {
  test.each(SEEDS)(
    'seed %i',
    async (seed) => {
      const { wrong } = await runChaos(seed);
      expect(wrong, `npm run chaos -- --from ${seed} --seeds 1`).toEqual([]);
    },
    180_000,
  );
});
