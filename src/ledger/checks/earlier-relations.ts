import { sql } from 'kysely';
import type { Pair } from '../../domain/pairs/pair.ts';
import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';
import { findImport } from '../imports/import-store.ts';

type Key = Pick<Pair, 'groupId' | 'userId'>;

const insert = new BulkInsert(
  'earlier_relations',
  { import_id: 'integer', group_id: 'integer', user_id: 'integer' },
  {},
  sql`on conflict (import_id, group_id, user_id) do nothing`,
);

/**
 * Records pairs whose person was invited, or asked to join, before the import: nothing is recorded
 * when it has been started meanwhile, for then it may be the import that has invited them, nor when it
 * is gone.
 */
export async function insertEarlierRelations(
  db: Db,
  importId: number,
  keys: readonly Key[],
): Promise<void> {
  if (keys.length === 0) return;
  await changeImport(db, importId, async (tx) => {
    const parent = await findImport(tx, importId);
    if (parent === undefined || parent.startedAt !== null) return;
    await insert.execute(tx, keys.length, (row, parameters) => {
      const key = keys[row];
      if (key !== undefined) parameters.push(importId, key.groupId, key.userId);
    });
  });
}

/**
 * @param keys at most a chunk of them
 * @returns for a pair whether it was recorded
 */
export async function readEarlierRelations(
  db: Db,
  importId: number,
  keys: readonly Key[],
): Promise<(key: Key) => boolean> {
  if (keys.length === 0) return () => false;
  // Postgres takes a parameter among values for a text.
  const wanted = sql.join(
    keys.map(({ groupId, userId }) => sql`(${sql.lit(groupId)}, ${sql.lit(userId)})`),
  );
  const rows = await db
    .selectFrom('earlier_relations')
    .select(['group_id', 'user_id'])
    .where('import_id', '=', importId)
    .where(sql<boolean>`(group_id, user_id) in (values ${wanted})`)
    .execute();
  const known = new Set(rows.map((row) => nameOf(row.group_id, row.user_id)));
  return ({ groupId, userId }) => known.has(nameOf(groupId, userId));
}

const nameOf = (groupId: number, userId: number): string => `${groupId}/${userId}`;
