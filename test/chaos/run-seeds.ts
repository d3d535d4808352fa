import { sql } from 'kysely';
import { openPipeline, type Pipeline } from '../invite/pipeline.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { isOnPostgres } from '../support/postgres/on-postgres.ts';

type Trial = (pipeline: Pipeline, clock: ManualClock, seed: number) => Promise<readonly string[]>;

/**
 * Runs a trial of two workers with several seeds: `CHAOS_SEEDS` of them, from `CHAOS_FROM` on.
 *
 * @param seeds how many without `CHAOS_SEEDS`
 * @returns what was wrong
 */
export async function runSeeds(trial: Trial, seeds: number): Promise<string[]> {
  const count = Number(process.env.CHAOS_SEEDS ?? seeds);
  const from = Number(process.env.CHAOS_FROM ?? 1);
  const clock = new ManualClock(undefined, { passes: isOnPostgres });
  await using pipeline = await openPipeline(clock);
  const wrong: string[] = [];
  for (let seed = from; seed < from + count; seed++) {
    // While SQLite waits for a lock, it blocks the lock's holder in the same process.
    if (!isOnPostgres) await sql`pragma busy_timeout = 0`.execute(pipeline.db);
    wrong.push(...(await trial(pipeline, clock, seed)));
  }
  return wrong;
}
