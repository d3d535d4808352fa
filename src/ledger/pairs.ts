import { type CompiledQuery, type Selectable, sql } from 'kysely';
import type { Pair } from '../domain/pair.ts';
import type { ChunkRange } from './chunks.ts';
import type { Db, PairTable } from './schema.ts';

/** SQLite takes 32,766 parameters a statement; a row here has seven. */
const ROWS_PER_INSERT = 1_000;

/** A pair as it is read from the file. */
export type NewPair = Pick<
  Selectable<PairTable>,
  'seq' | 'line' | 'group_id' | 'user_id' | 'message_id'
>;

/**
 * Inserts pairs of one import, all `pending`.
 *
 * @returns those that stand in the import already, each with the line of the first
 */
export async function insertPairs(
  db: Db,
  importId: number,
  pairs: readonly NewPair[],
): Promise<{ pair: NewPair; firstLine: number }[]> {
  const repeated: NewPair[] = [];
  for (let at = 0; at < pairs.length; at += ROWS_PER_INSERT) {
    const batch = pairs.slice(at, at + ROWS_PER_INSERT);
    const { rows: inserted } = await db.executeQuery(insertQuery(db, importId, batch));
    if (inserted.length === batch.length) continue;
    const fresh = new Set(inserted.map(({ seq }) => seq));
    repeated.push(...batch.filter(({ seq }) => !fresh.has(seq)));
  }
  const found = [];
  for (const pair of repeated) {
    found.push({ pair, firstLine: await lineOf(db, importId, pair) });
  }
  return found;
}

/**
 * The statement for so many rows. Building one takes longer than running it, so that of a full
 * batch is built once; the rows are its parameters.
 */
function insertQuery(
  db: Db,
  importId: number,
  batch: readonly NewPair[],
): CompiledQuery<{ seq: number }> {
  let query = fullBatches.get(db.getExecutor().adapter);
  if (query === undefined || batch.length !== ROWS_PER_INSERT) {
    query = db
      .insertInto('pairs')
      .values(batch.map((pair) => ({ import_id: importId, ...START, ...inOrder(pair) })))
      .onConflict((conflict) => conflict.columns(['import_id', 'group_id', 'user_id']).doNothing())
      .returning('seq')
      .compile();
    if (batch.length !== ROWS_PER_INSERT) return query;
    fullBatches.set(db.getExecutor().adapter, query);
  }
  const parameters = batch.flatMap((pair) => [
    importId,
    START.outcome,
    START.attempts,
    ...Object.values(inOrder(pair)),
  ]);
  return { ...query, parameters };
}

const fullBatches = new WeakMap<object, CompiledQuery<{ seq: number }>>();

const START = { outcome: 'pending', attempts: 0 } as const;

/** The columns in the order in which the statement has them. */
const inOrder = ({ seq, line, group_id, user_id, message_id }: NewPair) => ({
  seq,
  line,
  group_id,
  user_id,
  message_id,
});

async function lineOf(db: Db, importId: number, pair: NewPair): Promise<number> {
  const { line } = await db
    .selectFrom('pairs')
    .select('line')
    .where('import_id', '=', importId)
    .where('group_id', '=', pair.group_id)
    .where('user_id', '=', pair.user_id)
    .executeTakeFirstOrThrow();
  return line;
}

/** Restricts a query on pairs to a chunk: a range of the key (group, user). */
export const inChunk = (range: ChunkRange) => sql<boolean>`
  (group_id, user_id) >= (${range.first_group}, ${range.first_user})
  and (group_id, user_id) <= (${range.last_group}, ${range.last_user})`;

/** @returns the pairs of a chunk that wait for a request and are in none, by group and user */
export async function readSendable(db: Db, range: ChunkRange): Promise<Pair[]> {
  const rows = await db
    .selectFrom('pairs')
    .innerJoin('imports', 'imports.id', 'pairs.import_id')
    .leftJoin('messages', 'messages.id', 'pairs.message_id')
    .select(['pairs.seq', 'pairs.group_id', 'pairs.user_id', 'pairs.attempts'])
    .select((eb) => eb.fn.coalesce('messages.text', 'imports.message').as('message'))
    .where('pairs.import_id', '=', range.import_id)
    .where(inChunk(range))
    .where('pairs.outcome', '=', 'pending')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sent_pairs')
            .select('sent_pairs.seq')
            .whereRef('sent_pairs.portal', '=', 'imports.portal')
            .whereRef('sent_pairs.group_id', '=', 'pairs.group_id')
            .whereRef('sent_pairs.user_id', '=', 'pairs.user_id'),
        ),
      ),
    )
    .orderBy('pairs.group_id')
    .orderBy('pairs.user_id')
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    groupId: row.group_id,
    userId: row.user_id,
    message: row.message,
    attempts: row.attempts,
  }));
}

/** Notes the portal's last word on pairs that go on waiting. */
export async function noteFailure(
  db: Db,
  importId: number,
  failures: readonly { seq: number; detail: string }[],
): Promise<void> {
  for (const [detail, group] of Map.groupBy(failures, (failure) => failure.detail)) {
    await db
      .updateTable('pairs')
      .set({ detail })
      .where('import_id', '=', importId)
      .where(
        'seq',
        'in',
        group.map(({ seq }) => seq),
      )
      .where('outcome', '=', 'pending')
      .execute();
  }
}
