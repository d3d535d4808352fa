import { sql } from 'kysely';
import { changeImport } from './change-import.ts';
import { type ChunkRange, unsettledChunks } from './chunks.ts';
import { countGroups, moveInGroups } from './group-tallies.ts';
import { findImport } from './imports.ts';
import { inChunk } from './pairs.ts';
import type { Db } from './schema.ts';
import { addToTallies, readPending } from './tallies.ts';

/** How long a transaction works before it lets others write, in milliseconds. */
const TURN_MS = 25;

/** @returns how many of an import's pairs wait for their turn and are in no request */
export async function countWaiting(db: Db, importId: number): Promise<number> {
  const { count } = await db
    .selectFrom('sent_pairs')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'sent_pairs.import_id')
        .onRef('pairs.seq', '=', 'sent_pairs.seq'),
    )
    .select((eb) => eb.fn.countAll().as('count'))
    .where('sent_pairs.import_id', '=', importId)
    .where('pairs.outcome', '=', 'pending')
    .executeTakeFirstOrThrow();
  return (await readPending(db, importId)) - Number(count);
}

/**
 * Gives every pair of a cancelled import that waits for its turn and is in no request the outcome
 * `cancelled/by_user`, some chunks at a time, so that others may write in between. It ends when the
 * import is cancelled no more.
 *
 * @param signal ends it after the chunks that it is at
 * @returns how many there were
 */
export async function cancelWaiting(
  db: Db,
  importId: number,
  signal?: AbortSignal,
): Promise<number> {
  const chunks = await unsettledChunks(db, importId);
  let count = 0;
  while (chunks.length > 0 && !signal?.aborted) {
    const some = await changeImport(db, importId, (tx) => cancelSome(tx, importId, chunks));
    if (some === undefined) break;
    chunks.splice(0, some.chunks);
    count += some.pairs;
  }
  return count;
}

/**
 * @returns how many of the chunks it came to, and how many pairs it cancelled in them; undefined
 * when the import is not cancelled
 */
async function cancelSome(tx: Db, importId: number, chunks: readonly number[]) {
  if ((await findImport(tx, importId))?.state !== 'cancelled') return undefined;
  const endsAt = performance.now() + TURN_MS;
  let count = 0;
  let done = 0;
  for (const number of chunks) {
    count += await cancelChunk(tx, importId, number);
    done += 1;
    if (performance.now() >= endsAt) break;
  }
  await addToTallies(tx, importId, [
    { outcome: 'pending', reason: null, count: -count },
    { outcome: 'cancelled', reason: 'by_user', count },
  ]);
  return { pairs: count, chunks: done };
}

async function cancelChunk(tx: Db, importId: number, number: number): Promise<number> {
  const range: ChunkRange = await tx
    .selectFrom('chunks')
    .select(['import_id', 'number', 'first_group', 'first_user', 'last_group', 'last_user'])
    .where('import_id', '=', importId)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const cancelled = await tx
    .updateTable('pairs')
    .set({ outcome: 'cancelled', reason: 'by_user', detail: null, settled_at: Date.now() })
    .where('import_id', '=', importId)
    .where('seq', 'in', (eb) => eb.selectFrom('pair_keys').select('seq').where(inChunk(range)))
    .where('outcome', '=', 'pending')
    .where('seq', 'not in', (eb) =>
      eb
        .selectFrom('sent_pairs')
        .select('seq')
        .where('import_id', '=', importId)
        .where('chunk', '=', number),
    )
    .returning('group_id')
    .execute();
  if (cancelled.length === 0) return 0;
  await moveInGroups(tx, importId, countGroups(cancelled), 'pending', 'cancelled');
  await tx
    .updateTable('chunks')
    .set({ unsettled: sql`unsettled - ${cancelled.length}` })
    .where('import_id', '=', importId)
    .where('number', '=', number)
    .execute();
  return cancelled.length;
}
