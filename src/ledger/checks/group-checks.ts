import { type Selectable, sql } from 'kysely';
import {
  GROUP_SUMS,
  type GroupCheck,
  type GroupSummary,
} from '../../domain/imports/import-check.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Db, GroupCheckTable } from '../db/schema.ts';

/** Groups into which nobody can be invited. */
const IS_CLOSED = sql<boolean>`unread = 0 and (visible = 0 or (may_invite = 0 and to_invite = 0))`;

/** SQLite accepts 32,766 parameters per statement. */
const GROUPS_PER_INSERT = 1_000;
const GROUPS_PER_PAGE = 1_000;

type Row = Selectable<GroupCheckTable>;

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

/**
 * @returns groups into which nobody can be invited first, then those with most failing pairs, those not read, those
 * with most unseen people, the largest
 */
export async function problemGroups(
  db: Db,
  importId: number,
  limit: number,
): Promise<GroupCheck[]> {
  const rows = await db
    .selectFrom('group_checks')
    .selectAll()
    .where('import_id', '=', importId)
    .orderBy(sql`case when ${IS_CLOSED} then 0 else 1 end`)
    .orderBy('failing', 'desc')
    .orderBy('unread', 'desc')
    .orderBy('unseen', 'desc')
    .orderBy('pairs', 'desc')
    .orderBy('group_id')
    .limit(limit)
    .execute();
  return rows.map(toGroup);
}

/** @returns the groups of the import into which nobody can be invited */
export async function findClosedGroups(db: Db, importId: number): Promise<Set<GroupId>> {
  const rows = await closedGroups(db, importId).execute();
  return new Set(rows.map(({ group_id }) => group_id));
}

/** The same as a query. */
export const closedGroups = (db: Db, importId: number) =>
  db
    .selectFrom('group_checks')
    .select('group_checks.group_id')
    .where('import_id', '=', importId)
    .where(IS_CLOSED);

/** Reads the check results of an import's groups, ordered by id, page by page. */
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

/** @returns the check results of the given groups, by id */
export async function findGroupChecks(
  db: Db,
  importId: number,
  ids: readonly GroupId[],
): Promise<Map<GroupId, GroupCheck>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('group_checks')
    .selectAll()
    .where('import_id', '=', importId)
    .where('group_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.group_id, toGroup(row)]));
}

/** @returns the totals over all groups of the import */
export async function summarizeGroups(db: Db, importId: number): Promise<GroupSummary> {
  const rows = await db
    .selectFrom('group_checks')
    .select(['visible', 'may_invite', 'unread', 'collab', 'archived'])
    .select((eb) => [
      eb.fn.countAll().as('count'),
      eb.fn.sum('pairs').as('pairs'),
      eb.fn.sum('members').as('members'),
      eb.fn.sum('pending').as('pending'),
      eb.fn.sum('to_invite').as('toInvite'),
      eb.fn.sum('failing').as('failing'),
      eb.fn.sum('unseen').as('unseen'),
      sql<number>`sum(case when to_invite > 0 then 1 else 0 end)`.as('inviting'),
    ])
    .where('import_id', '=', importId)
    .groupBy(['visible', 'may_invite', 'unread', 'collab', 'archived'])
    .execute();
  const summary = {
    ...{ count: 0, invisible: 0, notAllowed: 0, unread: 0, unreadPairs: 0 },
    ...{ collabs: 0, archived: 0 },
  };
  const sums = { pairs: 0, members: 0, pending: 0, toInvite: 0, failing: 0, unseen: 0 };
  for (const row of rows) {
    const count = Number(row.count);
    summary.count += count;
    if (row.unread === 1) {
      summary.unread += count;
      summary.unreadPairs += Number(row.pairs ?? 0);
    } else if (row.visible === 0) summary.invisible += count;
    else if (row.may_invite === 0) summary.notAllowed += count;
    if (row.collab === 1) summary.collabs += Number(row.inviting);
    if (row.archived === 1) summary.archived += Number(row.inviting);
    for (const name of GROUP_SUMS) sums[name] += Number(row[name] ?? 0);
  }
  return { ...summary, ...sums };
}

const toFlag = (value: boolean): 0 | 1 => (value ? 1 : 0);

const toRow = (importId: number, group: GroupCheck): Row => ({
  import_id: importId,
  group_id: group.id,
  name: group.name,
  visible: toFlag(group.visible === true),
  unread: toFlag(group.visible === null),
  may_invite: group.mayInvite === null ? null : toFlag(group.mayInvite),
  size: group.size,
  pairs: group.pairs,
  members: group.members,
  pending: group.pending,
  to_invite: group.toInvite,
  failing: group.failing,
  banned: group.banned,
  unseen: group.unseen,
  collab: toFlag(group.collab),
  archived: toFlag(group.archived),
});

const toGroup = (row: Row): GroupCheck => ({
  id: row.group_id,
  name: row.name,
  visible: row.unread === 1 ? null : row.visible === 1,
  mayInvite: row.may_invite === null ? null : row.may_invite === 1,
  size: row.size,
  pairs: row.pairs,
  members: row.members,
  pending: row.pending,
  toInvite: row.to_invite,
  failing: row.failing,
  banned: row.banned,
  unseen: row.unseen,
  collab: row.collab === 1,
  archived: row.archived === 1,
});
