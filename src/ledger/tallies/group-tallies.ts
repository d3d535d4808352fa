import { sql } from 'kysely';
import type { GroupId } from '../../domain/pairs/ids.ts';
import { countByOutcome, type Outcome } from '../../domain/pairs/outcome.ts';
import { closedGroups } from '../checks/group-checks.ts';
import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db } from '../db/schema.ts';

/** Counts by group. */
export type GroupCounts = ReadonlyMap<GroupId, number>;

/** The outcomes of a group's pairs. */
export interface GroupStanding {
  groupId: GroupId;
  pairs: number;
  outcomes: Record<Outcome, number>;
}

/** A change of the number of a group's pairs with an outcome; negative when pairs lose it. */
interface Change {
  groupId: GroupId;
  outcome: Outcome;
  count: number;
}

const insert = new BulkInsert(
  'group_tallies',
  { import_id: 'integer', group_id: 'integer', outcome: 'text', count: 'integer' },
  {},
  sql`on conflict (import_id, group_id, outcome)
    do update set count = group_tallies.count + excluded.count`,
);

async function add(db: Db, importId: number, changes: readonly Change[]): Promise<void> {
  await insert.execute(db, changes.length, (at, parameters) => {
    const change = changes[at];
    if (change !== undefined) {
      parameters.push(importId, change.groupId, change.outcome, change.count);
    }
  });
}

export function countGroups(rows: readonly { group_id: GroupId }[]): GroupCounts {
  const counts = new Map<GroupId, number>();
  for (const { group_id } of rows) counts.set(group_id, (counts.get(group_id) ?? 0) + 1);
  return counts;
}

/** Adds new pending pairs to the tallies of their groups. */
export async function addPendingToGroups(
  db: Db,
  importId: number,
  counts: GroupCounts,
): Promise<void> {
  const changes = [...counts].map(([groupId, count]): Change => {
    return { groupId, outcome: 'pending', count };
  });
  await add(db, importId, changes);
}

/** Moves pairs from one outcome to another. Call inside the transaction that records it. */
export async function moveInGroups(
  db: Db,
  importId: number,
  counts: GroupCounts,
  from: Outcome,
  to: Outcome,
): Promise<void> {
  const changes = [...counts].flatMap(([groupId, count]): Change[] => [
    { groupId, outcome: from, count: -count },
    { groupId, outcome: to, count },
  ]);
  await add(db, importId, changes);
}

/** @returns how many of a group's pairs have the outcome; all pairs when it is undefined */
export async function countInGroup(
  db: Db,
  importId: number,
  groupId: GroupId,
  outcome: Outcome | undefined,
): Promise<number> {
  const { count } = await db
    .selectFrom('group_tallies')
    .select((eb) => eb.fn.sum('count').as('count'))
    .where('import_id', '=', importId)
    .where('group_id', '=', groupId)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome ?? 'pending'))
    .executeTakeFirstOrThrow();
  return Number(count ?? 0);
}

/** @returns those of the groups into which the import has invited somebody */
export async function findInvitedGroups(
  db: Db,
  importId: number,
  groupIds: readonly GroupId[],
): Promise<ReadonlySet<GroupId>> {
  if (groupIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('group_tallies')
    .select('group_id')
    .where('import_id', '=', importId)
    .where('outcome', '=', 'invited')
    .where('group_id', 'in', groupIds)
    .where('count', '>', 0)
    .execute();
  return new Set(rows.map(({ group_id }) => group_id));
}

/** @returns at most `limit` groups of an import with an id above `after`, ordered by id */
export async function readGroupStandings(
  db: Db,
  importId: number,
  { after, limit }: { after: number; limit: number },
): Promise<GroupStanding[]> {
  const rows = await db
    .selectFrom('group_tallies')
    .select(['group_id', 'outcome', 'count'])
    .where('import_id', '=', importId)
    .where('group_id', 'in', (eb) =>
      eb
        .selectFrom('group_tallies')
        .select('group_id')
        .distinct()
        .where('import_id', '=', importId)
        .where(sql<boolean>`group_id > ${after}`)
        .orderBy('group_id')
        .limit(limit),
    )
    .where('count', '>', 0)
    .orderBy('group_id')
    .execute();
  return standingsOf(rows);
}

/**
 * @returns at most `limit` groups behind the first `skip`: first those into which nobody can be invited as long as
 * pairs wait, then those with most pairs that failed, are unknown, or are expected to fail
 */
export async function readWorstGroups(
  db: Db,
  importId: number,
  { skip, limit }: { skip: number; limit: number },
): Promise<GroupStanding[]> {
  const pending = sql<number>`sum(case when outcome = 'pending' then count else 0 end)`;
  const failed = sql<number>`sum(case when outcome in ('failed', 'unknown') then count else 0 end)`;
  const closed = sql`case when group_tallies.group_id in ${closedGroups(db, importId)} and ${pending} > 0
    then 0 else 1 end`;
  const failing = sql`case when ${pending} > 0 then coalesce(max(group_checks.failing), 0) else 0 end`;
  const worst = await db
    .selectFrom('group_tallies')
    .leftJoin('group_checks', (join) =>
      join
        .onRef('group_checks.import_id', '=', 'group_tallies.import_id')
        .onRef('group_checks.group_id', '=', 'group_tallies.group_id'),
    )
    .select('group_tallies.group_id')
    .where('group_tallies.import_id', '=', importId)
    .where('count', '>', 0)
    .groupBy('group_tallies.group_id')
    .orderBy(closed)
    .orderBy(sql`${failed} + ${failing}`, 'desc')
    .orderBy('group_tallies.group_id')
    .limit(limit)
    .offset(skip)
    .execute();
  const ids = worst.map(({ group_id }) => group_id);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('group_tallies')
    .select(['group_id', 'outcome', 'count'])
    .where('import_id', '=', importId)
    .where('group_id', 'in', ids)
    .where('count', '>', 0)
    .execute();
  const standings = new Map(standingsOf(rows).map((one) => [one.groupId, one]));
  return ids.flatMap((id) => standings.get(id) ?? []);
}

const standingsOf = (
  rows: readonly { group_id: GroupId; outcome: Outcome; count: number }[],
): GroupStanding[] =>
  [...Map.groupBy(rows, ({ group_id }) => group_id)].map(([groupId, tallies]) => ({
    groupId,
    pairs: tallies.reduce((sum, { count }) => sum + count, 0),
    outcomes: countByOutcome(tallies.map((row) => ({ ...row, reason: null }))),
  }));
