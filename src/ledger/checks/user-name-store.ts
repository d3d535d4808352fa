import { sql } from 'kysely';
import type { UserId } from '../../domain/pairs/ids.ts';
import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db } from '../db/schema.ts';

/** A person's name as the portal shows it. */
export interface UserName {
  id: UserId;
  name: string;
}

const insert = new BulkInsert(
  'user_names',
  { import_id: 'integer', user_id: 'integer', name: 'text' },
  {},
  sql`on conflict (import_id, user_id) do update set name = excluded.name`,
);

/** Records names of an import's people; the latest name of a person stays. */
export async function recordUserNames(
  db: Db,
  importId: number,
  people: readonly UserName[],
): Promise<void> {
  // In the order of the key: inserting in random order takes many times as long.
  const sorted = [...new Map(people.map((person) => [person.id, person])).values()].sort(
    (a, b) => a.id - b.id,
  );
  await insert.execute(db, sorted.length, (at, parameters) => {
    const person = sorted[at];
    if (person !== undefined) parameters.push(importId, person.id, person.name);
  });
}

/**
 * @param ids at most 10,000
 * @returns the names of the given people that were read; what an older version's check found included
 */
export async function findUserNames(
  db: Db,
  importId: number,
  ids: readonly UserId[],
): Promise<ReadonlyMap<UserId, string>> {
  if (ids.length === 0) return new Map();
  // As pairs: for a list of users alone, SQLite would read all names of the import.
  const wanted = sql.join(ids.map((id) => sql`(${sql.lit(importId)}, ${sql.lit(id)})`));
  const isWanted = sql<boolean>`(import_id, user_id) in (values ${wanted})`;
  const rows = await db
    .selectFrom('user_checks')
    .select(['user_id', 'name'])
    .where(isWanted)
    .where('name', 'is not', null)
    .unionAll(db.selectFrom('user_names').select(['user_id', 'name']).where(isWanted))
    .execute();
  return new Map(rows.flatMap(({ user_id, name }) => (name === null ? [] : [[user_id, name]])));
}
