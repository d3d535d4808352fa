import type { Call } from '../http/batch.ts';
import type { PortalClient } from '../http/client.ts';
import { type PortalFailure, UNREADABLE } from '../http/failure.ts';
import { type ReadOptions, readAll } from './read-all.ts';

/** Names that one call asks about. */
export type Names = readonly string[];

/** How a method tells who or what bears names. */
export interface Inquiry<T> {
  call(names: Names): Call;
  /** @returns the records of a page, or undefined when the answer is something else */
  read(result: unknown): T[] | undefined;
  /** Sees each page before the next one is asked for; throws to end it all. */
  inspect?(names: Names, records: readonly T[], hasMore: boolean): void;
}

/** Records as far as they were read. */
export type List<T> =
  | { ok: true; records: T[]; complete: boolean }
  | { ok: false; failure: PortalFailure };

/** Pages after which a list is left incomplete: a thousand records. */
const MAX_PAGES = 20;

/**
 * Asks about names, many to a call, and follows the pages of the answers. Where so many bear them
 * that a list stays incomplete, each of its names is asked about alone, so that none hides another.
 *
 * @param questions the names of each call
 * @returns lists, in no order
 * @throws Problem when the portal cannot be asked
 */
export async function inquire<T>(
  client: PortalClient,
  questions: readonly Names[],
  inquiry: Inquiry<T>,
  options: ReadOptions,
): Promise<List<T>[]> {
  const lists = await readLists(client, questions, inquiry, options);
  const crowded = questions.filter((names, index) => {
    const list = lists[index];
    return names.length > 1 && list?.ok && !list.complete;
  });
  const alone = crowded.flat().map((name) => [name]);
  return [...lists, ...(await readLists(client, alone, inquiry, options))];
}

async function readLists<T>(
  client: PortalClient,
  questions: readonly Names[],
  inquiry: Inquiry<T>,
  options: ReadOptions,
): Promise<List<T>[]> {
  const lists = questions.map((): List<T> => ({ ok: true, records: [], complete: false }));
  let open = questions.map((names, place) => ({ names, place, call: inquiry.call(names) }));
  for (let page = 0; page < MAX_PAGES && open.length > 0; page++) {
    const calls = open.map(({ call }) => call);
    const results = await readAll(client, calls, options);
    open = open.flatMap(({ names, place, call }, index) => {
      const result = results[index];
      const list = lists[place];
      if (!list?.ok || result === undefined) return [];
      const records = result.ok ? inquiry.read(result.result) : undefined;
      if (!result.ok || records === undefined) {
        lists[place] = { ok: false, failure: result.ok ? UNREADABLE : result.failure };
        return [];
      }
      const { next: start } = result;
      inquiry.inspect?.(names, records, start !== undefined);
      list.records.push(...records);
      list.complete = start === undefined;
      if (start === undefined) return [];
      return [{ names, place, call: { ...call, parameters: { ...call.parameters, start } } }];
    });
  }
  return lists;
}
