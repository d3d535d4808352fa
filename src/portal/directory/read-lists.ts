import type { Call } from '../http/batch.ts';
import type { PortalClient } from '../http/client.ts';
import { type PortalFailure, UNREADABLE } from '../http/failure.ts';
import { type ReadOptions, readAll } from './read-all.ts';

/** Names of one call. */
export type Names = readonly string[];

/** How to find records by name with a method. */
export interface Inquiry<T> {
  call(names: Names): Call;
  /** @returns the records of a page, or undefined when the answer is something else */
  read(result: unknown): T[] | undefined;
  /** Called with each page before the next one is requested; throws to end the whole inquiry. */
  inspect?(names: Names, records: readonly T[], hasMore: boolean): void;
}

/** Records as far as they were read. */
export type List<T> =
  | { ok: true; records: T[]; complete: boolean }
  | { ok: false; failure: PortalFailure };

/** Pages after which a list is left incomplete: a thousand records. */
const MAX_PAGES = 20;

/**
 * Reads the records with the names, many names to a call, and follows the pages of the answers. Where
 * a list stays incomplete because of many records, each of its names gets a call of its own, so that
 * none hides another.
 *
 * @param questions the names of each call
 * @returns lists, in no order
 * @throws Problem when the portal cannot be queried
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
