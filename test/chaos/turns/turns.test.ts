import { expect, test } from 'vitest';
import { runSeeds } from '../run-seeds.ts';
import { runTrial } from './trial.ts';

// `CHAOS_SEEDS=300 npx vitest run test/chaos/turns` runs many.
test('the ledger agrees with the portal after any fault of two workers', {
  timeout: 0,
}, async () => {
  expect(await runSeeds(runTrial, 3)).toEqual([]);
});
