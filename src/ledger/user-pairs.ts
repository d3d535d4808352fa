import type { UserId } from '../domain/ids.ts';
import { BulkInsert } from './bulk-insert.ts';
import type { Db } from './schema.ts';

/** One import's pairs of a person, by their places in the source. */
export interface UserPairs {
  importId: number;
  seqs: number[];
}

const insert = new BulkInsert('user_pairs', {
  user_id: 'integer',
  import_id: 'integer',
  seqs: 'text',
});

/** Notes where the pairs of some people stand, each person once. */
export async function insertUserPairs(
  db: Db,
  importId: number,
  people: readonly { userId: UserId; seqs: readonly number[] }[],
): Promise<void> {
  await insert.execute(db, people.length, (at, parameters) => {
    const person = people[at];
    if (person === undefined) return;
    const seqs = person.seqs.toSorted((a, b) => a - b).join(',');
    parameters.push(person.userId, importId, seqs);
  });
}

/** @returns where a person's pairs stand, newest import first */
export async function findUserPairs(
  db: Db,
  userId: UserId,
  importId?: number,
): Promise<UserPairs[]> {
  const rows = await db
    .selectFrom('user_pairs')
    .select(['import_id', 'seqs'])
    .where('user_id', '=', userId)
    .$if(importId !== undefined, (query) => query.where('import_id', '=', importId ?? 0))
    .orderBy('import_id', 'desc')
    .execute();
  return rows.map(({ import_id, seqs }) => ({
    importId: import_id,
    seqs: seqs.split(',').map(Number),
  }));
}
