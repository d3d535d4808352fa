import { setTimeout as sleep } from 'node:timers/promises';
import { changeImport } from '../imports/change-import.ts';
import type { Db } from './schema.ts';

/** Most pairs of a part: where each lies on another page, a thousand took a tenth of a second. */
export const PAIRS_PER_PART = 100;

export interface Part {
  /** Number of changed pairs. */
  pairs: number;
  /** Where the next part begins. */
  next: number;
}

/**
 * Does one part of the work, such as some pairs of a chunk. It must change nothing but the ledger,
 * because a transaction can be run again.
 *
 * @param from where the part begins, 0 for the first
 * @returns undefined when nothing is left to do
 */
export type DoPart = (tx: Db, from: number) => Promise<Part | undefined>;

export interface Batch extends Part {
  /** Whether nothing is left to do. */
  isDone: boolean;
}

/** Does one part of the work in a transaction, and more until `turnMs` milliseconds are over. */
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
 * Does the work in several transactions of a few parts each, so that other processes can write in
 * between.
 *
 * @param signal ends it after the current transaction
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
    // Waiting processes only poll for SQLite's lock: it must be free for as long as it was held.
    if (!db.isTransaction) await sleep(performance.now() - began);
  }
  return total;
}
