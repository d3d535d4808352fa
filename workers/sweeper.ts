import { enqueuePending } from '../src/invite/enqueue.ts';
import type { PipelineContext } from '../src/invite/pipeline-context.ts';
import { countChunksToDo } from '../src/ledger/delivery/chunks-to-do.ts';
import { importsToRetry } from '../src/ledger/delivery/retry-orders.ts';
import { retrySome } from '../src/ledger/delivery/retry-pairs.ts';
import { dropSettledMarks } from '../src/ledger/delivery/settled-marks.ts';
import type { InviteQueue } from '../src/queue/invite-queue.ts';

/**
 * Keeps the queue in line with the ledger. An emptied Redis, a killed worker, a resumed import,
 * reopened pairs: nobody has to tell the queue.
 */
export class Sweeper {
  readonly #context: PipelineContext;
  readonly #queue: InviteQueue;
  readonly #concurrency: number;
  /** How many chunks of which import had something to do at the last sweep. */
  #known: ReadonlyMap<number, number> = new Map();

  constructor(context: PipelineContext, queue: InviteQueue, concurrency: number) {
    this.#context = context;
    this.#queue = queue;
    this.#concurrency = concurrency;
  }

  /** Gives every chunk that has something to do a job, unless it has one. */
  async sweep(): Promise<void> {
    const { db, client } = this.#context;
    const { portal } = client.webhook;
    // Whoever ordered a retry carries it out, unless their process has ended in the middle.
    for (const id of await importsToRetry(db, portal)) await retrySome(db, id);

    await dropSettledMarks(db, portal);
    const wanted = await countChunksToDo(db, portal);
    const total = [...wanted.values()].reduce((sum, count) => sum + count, 0);
    const areLost = total > (await this.#queue.countJobs());
    // In the queue wait jobs of paused imports, too, which hide in the sum what is missing.
    const behind = [...wanted].filter(
      ([id, count]) => areLost || count > (this.#known.get(id) ?? 0),
    );
    if (behind.length > 0) await this.#queue.limitConcurrency(this.#concurrency);
    for (const [id] of behind) await enqueuePending(db, this.#queue, id);
    this.#known = wanted;
  }
}
