import type { Selectable } from 'kysely';
import type { GroupId } from '../domain/ids.ts';
import type { GroupCheck, GroupSummary } from '../domain/import-check.ts';
import type { Db, GroupCheckTable } from './schema.ts';

/** SQLite takes 32,766 parameters a statement. */
const GROUPS_PER_INSERT = 1_000;
const GROUPS_PER_PAGE = 1_000;

type Row = Selectable<GroupCheckTable>;

/** Records what a check found about some groups. */
export async function insertGroupChecks(
  db: Db,
  importId: number,
  groups: readonly GroupCheck[],
): Promise<void> {
  for (let at = 0; at < groups.length; at += GROUPS_PER_INSERT) {
    const rows = groups.slice(at, at + GROUPS_PER_INSERT).map((group) => toRow(importId, group));
    await db.insertInto('group_checks').values(rows).execute();
  }
}

/** @returns the groups with the most pairs that will fail first, then the largest */
export async function troubledGroups(
  db: Db,
  importId: number,
  limit: number,
): Promise<GroupCheck[]> {
  const rows = await db
    .selectFrom('group_checks')
    .selectAll()
    .where('import_id', '=', importId)
    .orderBy('failing', 'desc')
    .orderBy('pairs', 'desc')
    .orderBy('group_id')
    .limit(limit)
    .execute();
  return rows.map(toGroup);
}

/** Reads what a check found about an import's groups, by their ids, page by page. */
export async function* readGroupChecks(db: Db, importId: number): AsyncGenerator<GroupCheck> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('group_checks')
      .selectAll()
      .where('import_id', '=', importId)
      .where('group_id', '>', after as GroupId)
      .orderBy('group_id')
      .limit(GROUPS_PER_PAGE)
      .execute();
    yield* rows.map(toGroup);
    const last = rows.at(-1);
    if (last === undefined || rows.length < GROUPS_PER_PAGE) return;
    after = last.group_id;
  }
}

/** @returns the groups all together */
export async function summarizeGroups(db: Db, importId: number): Promise<GroupSummary> {
  const rows = await db
    .selectFrom('group_checks')
    .select(['visible', 'may_invite'])
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('failing').as('failing')])
    .where('import_id', '=', importId)
    .groupBy(['visible', 'may_invite'])
    .execute();
  const sum = (wanted: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(wanted).reduce((total, { count }) => total + Number(count), 0);
  return {
    count: sum(() => true),
    invisible: sum(({ visible }) => visible === 0),
    notAllowed: sum(({ visible, may_invite }) => visible === 1 && may_invite === 0),
    failing: rows.reduce((total, { failing }) => total + Number(failing), 0),
  };
}

const toFlag = (value: boolean): 0 | 1 => (value ? 1 : 0);

const toRow = (importId: number, group: GroupCheck): Row => ({
  import_id: importId,
  group_id: group.id,
  name: group.name,
  visible: toFlag(group.visible),
  may_invite: group.mayInvite === null ? null : toFlag(group.mayInvite),
  size: group.size,
  pairs: group.pairs,
  members: group.members,
  pending: group.pending,
  to_invite: group.toInvite,
  failing: group.failing,
});

const toGroup = (row: Row): GroupCheck => ({
  id: row.group_id,
  name: row.name,
  visible: row.visible === 1,
  mayInvite: row.may_invite === null ? null : row.may_invite === 1,
  size: row.size,
  pairs: row.pairs,
  members: row.members,
  pending: row.pending,
  toInvite: row.to_invite,
  failing: row.failing,
});
