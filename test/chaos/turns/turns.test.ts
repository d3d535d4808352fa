import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openPipeline } from '../../invite/pipeline.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { playTrial } from './trial.ts';

/** `CHAOS_SEEDS=300 npx vitest run test/chaos/turns` plays many. */
const SEEDS = Number(process.env.CHAOS_SEEDS ?? 3);
const FROM = Number(process.env.CHAOS_FROM ?? 1);

test('whatever befalls two workers, the ledger says what the portal did', {
  timeout: 0,
}, async () => {
  const clock = new ManualClock(undefined, { passes: isOnPostgres });
  await using pipeline = await openPipeline(clock);
  const wrong: string[] = [];
  for (let seed = FROM; seed < FROM + SEEDS; seed++) {
    // Waiting for a lock, SQLite keeps whoever holds it in the same process from going on.
    if (!isOnPostgres) await sql`pragma busy_timeout = 0`.execute(pipeline.db);
    wrong.push(...(await playTrial(pipeline, clock, seed)));
  }
  expect(wrong).toEqual([]);
});
