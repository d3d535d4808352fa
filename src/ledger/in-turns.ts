import { setTimeout as sleep } from 'node:timers/promises';
import { changeImport } from './change-import.ts';
import type { Db } from './schema.ts';

/**
 * Does the next part of something, such as a chunk of it.
 *
 * @returns how many pairs it changed; undefined when nothing is left to do
 */
export type Step = (tx: Db) => Promise<number | undefined>;

export interface TurnResult {
  /** How many pairs were changed. */
  pairs: number;
  /** Whether nothing is left to do. */
  isDone: boolean;
}

/**
 * Takes steps in one transaction: one, and more while there is time.
 *
 * @param turnMs how long it may take, in milliseconds
 */
export function oneTurn(db: Db, importId: number, step: Step, turnMs: number): Promise<TurnResult> {
  return changeImport(db, importId, async (tx) => {
    const endsAt = performance.now() + turnMs;
    let pairs = 0;
    do {
      const changed = await step(tx);
      if (changed === undefined) return { pairs, isDone: true };
      pairs += changed;
    } while (performance.now() < endsAt);
    return { pairs, isDone: false };
  });
}

/**
 * Takes steps until nothing is left to do, a few in a transaction, so that others may write in between.
 *
 * @param signal ends it after the transaction that it is at
 * @returns how many pairs were changed
 */
export async function inTurns(
  db: Db,
  importId: number,
  step: Step,
  { turnMs, signal }: { turnMs: number; signal?: AbortSignal | undefined },
): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const began = performance.now();
    const { pairs, isDone } = await oneTurn(db, importId, step, turnMs);
    total += pairs;
    if (isDone) break;
    // Whoever waits for SQLite's lock looks now and then only: it must be free for as long as taken.
    if (!db.isTransaction) await sleep(performance.now() - began);
  }
  return total;
}
