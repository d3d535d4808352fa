import { setTimeout as sleep } from 'node:timers/promises';
import { changeImport } from '../imports/change-import.ts';
import type { Db } from './schema.ts';

/**
 * So many pairs at most are changed in a part. Where a file is not in the order of its groups, each lies
 * on a page of its own: a thousand took a tenth of a second.
 */
export const PAIRS_PER_PART = 100;

/** What a part of some work has changed. */
export interface Part {
  /** How many pairs. */
  pairs: number;
  /** Where the next part begins. */
  next: number;
}

/**
 * Does a part of some work, such as some pairs of a chunk. A transaction may be run again, so it changes
 * nothing but the ledger.
 *
 * @param from where it begins, 0 at first
 * @returns undefined when nothing is left to do
 */
export type DoPart = (tx: Db, from: number) => Promise<Part | undefined>;

export interface Batch extends Part {
  /** Whether nothing is left to do. */
  isDone: boolean;
}

/**
 * Does parts of some work in one transaction: one, and more while there is time.
 *
 * @param turnMs how long it may take, in milliseconds
 */
export function inOneTransaction(
  db: Db,
  importId: number,
  doPart: DoPart,
  turnMs: number,
  from = 0,
): Promise<Batch> {
  return changeImport(db, importId, async (tx) => {
    const endsAt = performance.now() + turnMs;
    const done: Batch = { pairs: 0, next: from, isDone: false };
    do {
      const part = await doPart(tx, done.next);
      if (part === undefined) return { ...done, isDone: true };
      done.pairs += part.pairs;
      done.next = part.next;
    } while (performance.now() < endsAt);
    return done;
  });
}

/**
 * Does some work part by part, a few in a transaction, so that others may write in between.
 *
 * @param signal ends it after the transaction that it is at
 * @returns how many pairs were changed
 */
export async function inTransactions(
  db: Db,
  importId: number,
  doPart: DoPart,
  { turnMs, signal }: { turnMs: number; signal?: AbortSignal | undefined },
): Promise<number> {
  let total = 0;
  for (let from = 0; !signal?.aborted; ) {
    const began = performance.now();
    const { pairs, next, isDone } = await inOneTransaction(db, importId, doPart, turnMs, from);
    total += pairs;
    if (isDone) break;
    from = next;
    // Whoever waits for SQLite's lock looks now and then only: it must be free for as long as taken.
    if (!db.isTransaction) await sleep(performance.now() - began);
  }
  return total;
}
