import type { Call } from './batch.ts';
import type { PortalClient } from './client.ts';
import { type PortalFailure, UNREADABLE } from './failure.ts';
import { type ReadOptions, readAll } from './read-all.ts';

/** A list as far as it was read. */
export type List<T> =
  | { ok: true; records: T[]; complete: boolean }
  | { ok: false; failure: PortalFailure };

/** What follows from a page of a list. */
export interface Paging<T> {
  /** @returns the records of a page, or undefined when the answer is something else */
  read(result: unknown): T[] | undefined;
  /** Pages after which a list is left incomplete. */
  maxPages: number;
  /** Sees each page before the next one is asked for; throws to end it all. */
  look?(call: Call, records: readonly T[], hasMore: boolean): void;
}

/**
 * Asks about names, many to a call; where so many bear them that the list stays incomplete, about
 * each of them alone, so that none hides another.
 *
 * @param questions the names of each call
 */
export async function readNamed<T>(
  client: PortalClient,
  questions: readonly (readonly string[])[],
  callOf: (names: readonly string[]) => Call,
  paging: Paging<T>,
  options: ReadOptions,
): Promise<List<T>[]> {
  const lists = await readLists(client, questions.map(callOf), paging, options);
  const crowded = questions.filter((names, index) => {
    const list = lists[index];
    return names.length > 1 && list?.ok && !list.complete;
  });
  const alone = crowded.flat().map((name) => callOf([name]));
  return [...lists, ...(await readLists(client, alone, paging, options))];
}

/**
 * Reads lists page by page, all of them side by side.
 *
 * @returns a list for each call, in their order
 * @throws Problem when the portal cannot be asked
 */
export async function readLists<T>(
  client: PortalClient,
  calls: readonly Call[],
  paging: Paging<T>,
  options: ReadOptions,
): Promise<List<T>[]> {
  const lists = calls.map((): List<T> => ({ ok: true, records: [], complete: false }));
  let open = calls.map((call, place) => ({ call, place }));
  for (let page = 0; page < paging.maxPages && open.length > 0; page++) {
    const results = await readAll(
      client,
      open.map(({ call }) => call),
      options,
    );
    open = open.flatMap(({ call, place }, index) => {
      const result = results[index];
      const list = lists[place];
      if (!list?.ok || result === undefined) return [];
      const records = result.ok ? paging.read(result.result) : undefined;
      if (!result.ok || records === undefined) {
        lists[place] = { ok: false, failure: result.ok ? UNREADABLE : result.failure };
        return [];
      }
      const next = result.ok ? result.next : undefined;
      paging.look?.(call, records, next !== undefined);
      list.records.push(...records);
      list.complete = next === undefined;
      if (next === undefined) return [];
      return [{ call: { ...call, parameters: { ...call.parameters, start: next } }, place }];
    });
  }
  return lists;
}
