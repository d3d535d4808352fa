import { type Selectable, sql } from 'kysely';
import type { ChunkTable, Db } from './schema.ts';

/** A claimed chunk: what its owner may touch. */
export type ChunkRange = Pick<
  Selectable<ChunkTable>,
  'import_id' | 'number' | 'first_group' | 'first_user' | 'last_group' | 'last_user'
>;

const KEYS_PER_PAGE = 10_000;
const CHUNKS_PER_INSERT = 1_000;

/**
 * Divides an import's pairs, ordered by group and user, into chunks.
 *
 * @param size the most pairs a chunk may hold
 * @returns how many chunks there are
 */
export async function divideIntoChunks(db: Db, importId: number, size: number): Promise<number> {
  const open: Selectable<ChunkTable>[] = [];
  let count = 0;
  for await (const { group_id, user_id } of keysInOrder(db, importId)) {
    const last = open.at(-1);
    if (last !== undefined && last.unsettled < size) {
      last.last_group = group_id;
      last.last_user = user_id;
      last.unsettled++;
      continue;
    }
    if (open.length >= CHUNKS_PER_INSERT) await insert(db, open.splice(0));
    open.push({
      import_id: importId,
      number: count++,
      first_group: group_id,
      first_user: user_id,
      last_group: group_id,
      last_user: user_id,
      unsettled: 1,
      owner: null,
    });
  }
  await insert(db, open);
  return count;
}

async function insert(db: Db, chunks: Selectable<ChunkTable>[]): Promise<void> {
  if (chunks.length > 0) await db.insertInto('chunks').values(chunks).execute();
}

async function* keysInOrder(db: Db, importId: number) {
  let after = { group_id: 0, user_id: 0 };
  for (;;) {
    const page = await db
      .selectFrom('pairs')
      .select(['group_id', 'user_id'])
      .where('import_id', '=', importId)
      .where(sql<boolean>`(group_id, user_id) > (${after.group_id}, ${after.user_id})`)
      .orderBy('group_id')
      .orderBy('user_id')
      .limit(KEYS_PER_PAGE)
      .execute();
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < KEYS_PER_PAGE) return;
    after = last;
  }
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
