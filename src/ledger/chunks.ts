import { type Selectable, sql } from 'kysely';
import type { ChunkTable, Db } from './schema.ts';

/** A claimed chunk: what its owner may touch. */
export type ChunkRange = Pick<
  Selectable<ChunkTable>,
  'import_id' | 'number' | 'first_group' | 'first_user' | 'last_group' | 'last_user'
>;

const CHUNKS_PER_INSERT = 1_000;

/** Divides an import's pairs, ordered by group and user, into chunks as large as they may be. */
export async function divideIntoChunks(
  db: Db,
  importId: number,
  limits: {
    /** The most pairs a chunk may hold. */
    size: number;
    /** The most groups that its pairs may be in. */
    maxGroups: number;
  },
): Promise<void> {
  let chunks: Selectable<ChunkTable>[] = [];
  let after: { group: number; user: number } = { group: 0, user: 0 };
  for (let number = 0; ; number++) {
    const groups = await nextGroups(db, importId, after, limits);
    const [first, last] = [groups.at(0), groups.at(-1)];
    if (chunks.length === CHUNKS_PER_INSERT || last === undefined) {
      if (chunks.length > 0) await db.insertInto('chunks').values(chunks).execute();
      chunks = [];
    }
    if (first === undefined || last === undefined) return;
    chunks.push({
      import_id: importId,
      number,
      first_group: first.group_id,
      first_user: first.first_user,
      last_group: last.group_id,
      last_user: last.last_user,
      unsettled: groups.reduce((sum, { pairs }) => sum + Number(pairs), 0),
      owner: null,
    });
    after = { group: last.group_id, user: last.last_user };
  }
}

/** What the next chunk holds of each group; the database counts, for the pairs may be millions. */
function nextGroups(
  db: Db,
  importId: number,
  after: { group: number; user: number },
  { size, maxGroups }: { size: number; maxGroups: number },
) {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('pair_keys')
        .select(['group_id', 'user_id'])
        .where('import_id', '=', importId)
        .where(sql<boolean>`(group_id, user_id) > (${after.group}, ${after.user})`)
        .orderBy('group_id')
        .orderBy('user_id')
        .limit(size)
        .as('next'),
    )
    .select((eb) => [
      'group_id',
      eb.fn.min('user_id').as('first_user'),
      eb.fn.max('user_id').as('last_user'),
      eb.fn.countAll().as('pairs'),
    ])
    .groupBy('group_id')
    .orderBy('group_id')
    .limit(maxGroups)
    .execute();
}

/** @returns the numbers of the chunks that have pairs without an outcome, in order */
export async function unsettledChunks(db: Db, importId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('chunks')
    .select('number')
    .where('import_id', '=', importId)
    .where('unsettled', '>', 0)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

/** @returns how many chunks have pairs without an outcome */
export async function countUnsettledChunks(db: Db, importId: number): Promise<number> {
  const { count } = await db
    .selectFrom('chunks')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('import_id', '=', importId)
    .where('unsettled', '>', 0)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Makes `owner` the chunk's only owner; the one before is thereby no longer.
 *
 * @returns undefined when there is no such chunk, or nothing in it waits for an outcome
 */
export async function claimChunk(
  db: Db,
  importId: number,
  number: number,
  owner: string,
): Promise<ChunkRange | undefined> {
  return db
    .updateTable('chunks')
    .set({ owner })
    .where('import_id', '=', importId)
    .where('number', '=', number)
    .where('unsettled', '>', 0)
    .returning(['import_id', 'number', 'first_group', 'first_user', 'last_group', 'last_user'])
    .executeTakeFirst();
}

/** @returns whether `owner` still owns the chunk; asked inside each transaction that writes */
export async function ownsChunk(db: Db, chunk: ChunkRange, owner: string): Promise<boolean> {
  const row = await db
    .selectFrom('chunks')
    .select('owner')
    .where('import_id', '=', chunk.import_id)
    .where('number', '=', chunk.number)
    .executeTakeFirst();
  return row?.owner === owner;
}

/** @returns whether any of the chunk's pairs waits for its outcome */
export async function hasUnsettled(db: Db, chunk: ChunkRange): Promise<boolean> {
  const row = await db
    .selectFrom('chunks')
    .select('unsettled')
    .where('import_id', '=', chunk.import_id)
    .where('number', '=', chunk.number)
    .executeTakeFirst();
  return row !== undefined && row.unsettled > 0;
}
