import { enqueueOrders, enqueuePending } from '../src/invite/enqueue.ts';
import type { PipelineContext } from '../src/invite/pipeline-context.ts';
import { countChunksToDo } from '../src/ledger/delivery/chunks-to-do.ts';
import { importsToRetry } from '../src/ledger/delivery/retry-orders.ts';
import { retrySome } from '../src/ledger/delivery/retry-pairs.ts';
import { dropSettledMarks } from '../src/ledger/delivery/settled-marks.ts';
import type { InviteQueue } from '../src/queue/invite-queue.ts';

/**
 * Keeps the queue consistent with the ledger after any event: an emptied Redis, a killed worker, a resumed
 * import, reopened pairs. Nothing else has to notify the queue.
 */
export class Sweeper {
  readonly #context: PipelineContext;
  readonly #queue: InviteQueue;
  readonly #concurrency: number;
  /** Number of chunks with work at the last sweep, by import. */
  #known: ReadonlyMap<number, number> = new Map();

  constructor(context: PipelineContext, queue: InviteQueue, concurrency: number) {
    this.#context = context;
    this.#queue = queue;
    this.#concurrency = concurrency;
  }

  /** Creates a job for every chunk that has work and no job. */
  async sweep(): Promise<void> {
    const { db, client } = this.#context;
    const { portal } = client.webhook;
    // The process that ordered a retry executes it, unless it has ended in between.
    for (const id of await importsToRetry(db, portal)) await retrySome(db, id);

    await dropSettledMarks(db, portal);
    // Orders have few chunks, and a job that exists is not created again.
    const ordered = await enqueueOrders(db, this.#queue, portal);
    const wanted = await countChunksToDo(db, portal);
    const total = [...wanted.values()].reduce((sum, count) => sum + count, ordered);
    const areLost = total > (await this.#queue.countJobs());
    // The queue also holds jobs of paused imports; in the sum they can hide missing ones.
    const behind = [...wanted].filter(
      ([id, count]) => areLost || count > (this.#known.get(id) ?? 0),
    );
    if (behind.length + ordered > 0) await this.#queue.limitConcurrency(this.#concurrency);
    for (const [id] of behind) await enqueuePending(db, this.#queue, id);
    this.#known = wanted;
  }
}
