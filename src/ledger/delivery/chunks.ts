import { type Insertable, type Selectable, sql } from 'kysely';
import { analyzeTables } from '../db/analyze-tables.ts';
import type { ChunkTable, Db } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';
import type { Write } from '../imports/ingest-lease.ts';
import { unflushed } from '../sqlite/relaxed-durability.ts';

/** A claimed chunk: the range of pairs that its owner may change. */
export type ChunkRange = Pick<
  Selectable<ChunkTable>,
  'import_id' | 'number' | 'first_group' | 'first_user' | 'last_group' | 'last_user'
>;

const CHUNKS_PER_INSERT = 1_000;
/** From this number of pairs on, updating the table statistics pays off. */
const MANY_PAIRS = 10_000;

/** Most pairs of a chunk, and most groups that they can be in. */
interface ChunkLimits {
  size: number;
  maxGroups: number;
  /** How many chunks are written at once. @default 1,000 */
  perInsert?: number;
}

/** @param write runs an action in one transaction. @default no transaction */
export async function divideIntoChunks(
  db: Db,
  importId: number,
  limits: ChunkLimits,
  write: Write = (act) => act(db),
): Promise<void> {
  const { perInsert = CHUNKS_PER_INSERT } = limits;
  let chunks: Insertable<ChunkTable>[] = [];
  let pairs = 0;
  let last: ChunkEnd | undefined;
  for (let number = 0; ; number++) {
    const next = await nextChunk(db, keysAfter(db, importId, last), limits);
    if (chunks.length === perInsert || next === undefined) {
      const full = chunks;
      if (full.length > 0) await write((tx) => tx.insertInto('chunks').values(full).execute());
      chunks = [];
    }
    if (next === undefined) break;
    pairs += next.unsettled;
    chunks.push({ import_id: importId, number, ...next, owner: null });
    last = next;
  }
  if (pairs >= MANY_PAIRS) await analyzeTables(db);
}

type ChunkEnd = Pick<ChunkRange, 'last_group' | 'last_user'>;

const keysAfter = (db: Db, importId: number, last: ChunkEnd | undefined) =>
  db
    .selectFrom('pair_keys')
    .select(['group_id', 'user_id'])
    .where('import_id', '=', importId)
    .where(sql<boolean>`(group_id, user_id) > (${last?.last_group ?? 0}, ${last?.last_user ?? 0})`)
    .orderBy('group_id')
    .orderBy('user_id');

/** @returns the first chunk of the keys; undefined when there are no keys */
async function nextChunk(
  db: Db,
  keys: ReturnType<typeof keysAfter>,
  { size, maxGroups }: ChunkLimits,
) {
  const first = await keys.limit(1).executeTakeFirst();
  if (first === undefined) return undefined;
  const begin = { first_group: first.group_id, first_user: first.user_id };
  const full = await keys
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst();
  // The ids are too close for more than `maxGroups` groups; counting the groups takes three times longer.
  if (full !== undefined && full.group_id - first.group_id < maxGroups) {
    return { ...begin, last_group: full.group_id, last_user: full.user_id, unsettled: size };
  }
  const groups = await db
    .selectFrom(keys.limit(size).as('next'))
    .select('group_id')
    .select((eb) => [eb.fn.max('user_id').as('last_user'), eb.fn.countAll().as('pairs')])
    .groupBy('group_id')
    .orderBy('group_id')
    .limit(maxGroups)
    .execute();
  const last = groups.at(-1);
  const unsettled = groups.reduce((sum, { pairs }) => sum + Number(pairs), 0);
  return last && { ...begin, last_group: last.group_id, last_user: last.last_user, unsettled };
}

/**
 * Makes `owner` the chunk's only owner; the previous one cannot write any more.
 *
 * @returns undefined when there is no such chunk, or all its pairs have an outcome
 */
export async function claimChunk(
  db: Db,
  importId: number,
  number: number,
  owner: string,
): Promise<ChunkRange | undefined> {
  const claim = (tx: Db) =>
    tx
      .updateTable('chunks')
      .set({ owner })
      .where('import_id', '=', importId)
      .where('number', '=', number)
      .where('unsettled', '>', 0)
      .returning(['import_id', 'number', 'first_group', 'first_user', 'last_group', 'last_user'])
      .executeTakeFirst();
  // A power cut ends every owner.
  return unflushed(db, (connection) => changeImport(connection, importId, claim));
}

/** @returns whether `owner` still owns the chunk; check this inside each `changeImport` */
export async function ownsChunk(db: Db, chunk: ChunkRange, owner: string): Promise<boolean> {
  const row = await db
    .selectFrom('chunks')
    .select('owner')
    .where('import_id', '=', chunk.import_id)
    .where('number', '=', chunk.number)
    .executeTakeFirst();
  return row?.owner === owner;
}

/** @returns whether any pair of the chunk has no outcome yet */
export async function hasUnsettled(db: Db, chunk: ChunkRange): Promise<boolean> {
  const row = await db
    .selectFrom('chunks')
    .select('unsettled')
    .where('import_id', '=', chunk.import_id)
    .where('number', '=', chunk.number)
    .executeTakeFirst();
  return row !== undefined && row.unsettled > 0;
}
