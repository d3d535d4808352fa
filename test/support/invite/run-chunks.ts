import type { PipelineContext } from '../../../src/invite/pipeline-context.ts';
import type { Pipeline } from '../../invite/pipeline.ts';
import { unsettledChunks } from '../ledger/unsettled-chunks.ts';
import type { ManualClock } from '../manual-clock.ts';

/** Delay of a chunk after it yielded to another, in milliseconds. */
const YIELD_MS = 100;

/**
 * Runs the turns of chunks, one after the other, each when it is due on the clock, as the queue does in real
 * time.
 *
 * @param untilMs when to stop, in milliseconds of the clock; stops earlier when nothing is left to do
 */
export async function runChunks(
  pipeline: Pipeline,
  context: PipelineContext,
  clock: ManualClock,
  ids: readonly number[],
  untilMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const jobs: { id: number; chunk: number; dueAt: number }[] = [];
  for (const id of ids) {
    for (const chunk of await unsettledChunks(pipeline.db, id)) {
      jobs.push({ id, chunk, dueAt: clock.now() });
    }
  }
  while (jobs.length > 0 && clock.now() < untilMs) {
    jobs.sort((a, b) => a.dueAt - b.dueAt);
    const [job] = jobs;
    if (job === undefined) break;
    clock.pass(Math.max(0, Math.min(job.dueAt, untilMs) - clock.now()));
    if (clock.now() >= untilMs) break;
    const result = await pipeline.turn(context, job.id, { chunk: job.chunk });
    if (result.kind === 'settled' || result.kind === 'dropped') jobs.shift();
    else job.dueAt = clock.now() + (result.kind === 'later' ? result.afterMs : YIELD_MS);
  }
}
