import { enqueuePending } from '../src/invite/enqueue.ts';
import type { Work } from '../src/invite/work.ts';
import { countUnsettledChunks } from '../src/ledger/chunks.ts';
import { readHold } from '../src/ledger/holds.ts';
import { importsInState } from '../src/ledger/imports.ts';
import type { InviteQueue } from '../src/queue/invites.ts';

/**
 * Keeps the belt in line with the ledger. An emptied Redis, a killed worker, a resumed import,
 * reopened pairs, a portal that works again: nobody has to tell the queue.
 */
export class Sweeper {
  readonly #work: Work;
  readonly #queue: InviteQueue;
  readonly #concurrency: number;
  #wasHeld = false;

  constructor(work: Work, queue: InviteQueue, concurrency: number) {
    this.#work = work;
    this.#queue = queue;
    this.#concurrency = concurrency;
  }

  /** Gives every pending chunk a job that has none, and wakes all when a hold is over. */
  async sweep(): Promise<void> {
    const { db, client } = this.#work;
    const { portal } = client.webhook;
    const hold = await readHold(db, portal);
    const isHeld = hold !== undefined && hold.probeAt.getTime() > Date.now();
    if (this.#wasHeld && !isHeld) await this.#queue.wakeAll();
    this.#wasHeld = isHeld;

    // Of a cancelled import, requests without an answer still want to be confirmed.
    const imports = await importsInState(db, portal, 'running', 'cancelled');
    let wanted = 0;
    for (const { id } of imports) wanted += await countUnsettledChunks(db, id);
    if (wanted <= (await this.#queue.countJobs())) return;
    await this.#queue.limitConcurrency(this.#concurrency);
    for (const { id } of imports) await enqueuePending(db, this.#queue, id);
  }
}
