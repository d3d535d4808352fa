import type { Selectable } from 'kysely';
import type { ChunkTable, Db, PairTable } from './schema.ts';

/** Where a chunk ends; the next one begins after it. */
export type ChunkEnd = Pick<Selectable<ChunkTable>, 'number' | 'last_group' | 'last_user'>;

/** @returns the ends of all chunks of an import, in order */
export async function readChunkEnds(db: Db, importId: number): Promise<ChunkEnd[]> {
  return db
    .selectFrom('chunks')
    .select(['number', 'last_group', 'last_user'])
    .where('import_id', '=', importId)
    .orderBy('number')
    .execute();
}

/** Counts pairs by the chunk that they are in. */
export class ChunkCount {
  readonly counts = new Map<number, number>();
  readonly #ends: readonly ChunkEnd[];

  constructor(ends: readonly ChunkEnd[]) {
    this.#ends = ends;
  }

  /** @throws RangeError for a pair that is in no chunk */
  add({ group_id, user_id }: Pick<PairTable, 'group_id' | 'user_id'>): void {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const end = this.#ends[middle];
      const isBefore =
        end !== undefined &&
        (end.last_group < group_id || (end.last_group === group_id && end.last_user < user_id));
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    const found = this.#ends[low];
    if (found === undefined) throw new RangeError(`no chunk holds ${group_id}/${user_id}`);
    this.counts.set(found.number, (this.counts.get(found.number) ?? 0) + 1);
  }
}

/** Notes that more pairs of some chunks wait for their outcome. */
export async function addUnsettled(
  db: Db,
  importId: number,
  counts: ReadonlyMap<number, number>,
): Promise<void> {
  for (const [number, count] of counts) {
    await db
      .updateTable('chunks')
      .set((eb) => ({ unsettled: eb('unsettled', '+', count) }))
      .where('import_id', '=', importId)
      .where('number', '=', number)
      .execute();
  }
}
