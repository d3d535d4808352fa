import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openPipeline } from '../../invite/pipeline.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { runUndoTrial } from './undo-trial.ts';

/** `CHAOS_SEEDS=300 npx vitest run test/chaos/undo` runs many. */
const SEEDS = Number(process.env.CHAOS_SEEDS ?? 1);
const FROM = Number(process.env.CHAOS_FROM ?? 1);

test('an undo touches nothing that its import has not made, whatever people and faults do', {
  timeout: 0,
}, async () => {
  const clock = new ManualClock(undefined, { passes: isOnPostgres });
  await using pipeline = await openPipeline(clock);
  const wrong: string[] = [];
  for (let seed = FROM; seed < FROM + SEEDS; seed++) {
    // While SQLite waits for a lock, it blocks the lock's holder in the same process.
    if (!isOnPostgres) await sql`pragma busy_timeout = 0`.execute(pipeline.db);
    wrong.push(...(await runUndoTrial(pipeline, clock, seed)));
  }
  expect(wrong).toEqual([]);
});
