import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';
import { findImport } from '../imports/import-store.ts';

/** Names of groups; null where the portal does not return one. */
export type GroupNames = ReadonlyMap<GroupId, string | null>;

/** SQLite accepts 32,766 parameters per statement. */
const NAMES_PER_INSERT = 5_000;

/** @returns the names of the given groups that were read, before the start or later */
export async function findGroupNames(
  db: Db,
  importId: number,
  ids: readonly GroupId[],
): Promise<GroupNames> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('group_names')
    .select(['group_id', 'name'])
    .where('import_id', '=', importId)
    .where('group_id', 'in', ids)
    .unionAll((eb) =>
      eb
        .selectFrom('group_checks')
        .select(['group_id', 'name'])
        .where('import_id', '=', importId)
        .where('group_id', 'in', ids),
    )
    .execute();
  return new Map(rows.map(({ group_id, name }) => [group_id, name]));
}

/** @returns the groups without a stored name, among the given groups and those that follow them */
export async function unnamedGroups(
  db: Db,
  importId: number,
  wanted: readonly GroupId[],
  limit: number,
): Promise<GroupId[]> {
  const following = await db
    .selectFrom('group_tallies')
    .select('group_id')
    .distinct()
    .where('import_id', '=', importId)
    .where('group_id', '>=', Math.min(...wanted) as GroupId)
    .orderBy('group_id')
    .limit(limit)
    .execute();
  const ids = [...new Set([...wanted, ...following.map(({ group_id }) => group_id)])];
  const known = await findGroupNames(db, importId, ids);
  return ids.filter((id) => !known.has(id)).slice(0, limit);
}

/** Records names of groups, unless the import was removed. */
export async function recordGroupNames(db: Db, importId: number, names: GroupNames): Promise<void> {
  await changeImport(db, importId, async (tx) => {
    if ((await findImport(tx, importId)) === undefined) return;
    await insertGroupNames(tx, importId, names);
  });
}

/** Records names of groups of an import that exists; those that are stored stay. */
export async function insertGroupNames(tx: Db, importId: number, names: GroupNames): Promise<void> {
  const rows = [...names]
    .map(([group_id, name]) => ({ import_id: importId, group_id, name, cell: null }))
    // Transactions that insert in the same order do not wait for each other.
    .sort((a, b) => a.group_id - b.group_id);
  for (let at = 0; at < rows.length; at += NAMES_PER_INSERT) {
    await tx
      .insertInto('group_names')
      .values(rows.slice(at, at + NAMES_PER_INSERT))
      // Another process can have read the same names.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
