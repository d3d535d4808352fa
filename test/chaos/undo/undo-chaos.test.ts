import { expect, test } from 'vitest';
import { runSeeds } from '../run-seeds.ts';
import { runUndoTrial } from './undo-trial.ts';

// `CHAOS_SEEDS=300 npx vitest run test/chaos/undo` runs many.
test('an undo touches nothing that its import has not made, whatever people and faults do', {
  timeout: 0,
}, async () => {
  expect(await runSeeds(runUndoTrial, 1)).toEqual([]);
});
