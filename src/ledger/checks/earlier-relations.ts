import { sql } from 'kysely';
import type { EarlierRelation } from '../../domain/imports/import-check.ts';
import type { Pair } from '../../domain/pairs/pair.ts';
import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';
import { findImport } from '../imports/import-store.ts';

type Key = Pick<Pair, 'groupId' | 'userId'>;

/** A pair with what prevents its invitation. */
export type RelatedKey = Key & { relation: EarlierRelation };

const insert = new BulkInsert(
  'earlier_relations',
  { import_id: 'integer', group_id: 'integer', user_id: 'integer', relation: 'text' },
  {},
  sql`on conflict (import_id, group_id, user_id) do nothing`,
);

/**
 * Records pairs that need no invitation, or get none: with a member, a user who was invited or asked to join
 * before the import, a banned one, or the caller. Records nothing when
 * the import was started meanwhile, because it may have invited them itself, or was removed.
 */
export async function insertEarlierRelations(
  db: Db,
  importId: number,
  keys: readonly RelatedKey[],
): Promise<void> {
  if (keys.length === 0) return;
  await changeImport(db, importId, async (tx) => {
    const parent = await findImport(tx, importId);
    if (parent === undefined || parent.startedAt !== null) return;
    await insert.execute(tx, keys.length, (row, parameters) => {
      const key = keys[row];
      if (key !== undefined) {
        parameters.push(importId, key.groupId, key.userId, key.relation);
      }
    });
  });
}

/**
 * @returns a predicate: whether a pair's user was invited, or asked to join, before the import
 * @param keys at most one chunk
 */
export async function readEarlierRelations(
  db: Db,
  importId: number,
  keys: readonly Key[],
): Promise<(key: Key) => boolean> {
  if (keys.length === 0) return () => false;
  // Postgres infers type text for a parameter in a VALUES list.
  const wanted = sql.join(
    keys.map(({ groupId, userId }) => sql`(${sql.lit(groupId)}, ${sql.lit(userId)})`),
  );
  const rows = await db
    .selectFrom('earlier_relations')
    .select(['group_id', 'user_id'])
    .where('import_id', '=', importId)
    .where('relation', '=', 'pending')
    .where(sql<boolean>`(group_id, user_id) in (values ${wanted})`)
    .execute();
  const known = new Set(rows.map((row) => nameOf(row.group_id, row.user_id)));
  return ({ groupId, userId }) => known.has(nameOf(groupId, userId));
}

const nameOf = (groupId: number, userId: number): string => `${groupId}/${userId}`;
