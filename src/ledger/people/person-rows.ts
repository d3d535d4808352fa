import type { UserId } from '../../domain/pairs/ids.ts';
import { hasAddressIn, isNamedIn, type Person } from '../../domain/pairs/person.ts';
import type { Db } from '../db/schema.ts';
import { findUserPairs } from '../pairs/user-pairs.ts';
import { PERSON_TABLES } from './person-tables.ts';

/** Places of a person's rows in an import's file. */
export interface PersonRows {
  /** Pairs, by `seq`. */
  pairs: readonly number[];
  /** Duplicates and rejects, by `seq`. */
  issues: readonly number[];
}

const ISSUES_PER_PAGE = 5_000;

/** Finds the pairs of a person in an import, and the rows that name them and became no pair. */
export async function findPersonRows(
  db: Db,
  importId: number,
  person: Person,
): Promise<PersonRows> {
  const { userId } = person;
  const [found] = userId === undefined ? [] : await findUserPairs(db, userId, importId);
  return { pairs: found?.seqs ?? [], issues: await issuesOf(db, importId, person) };
}

/** Reads all of them: the cell of a row that became no pair can hold anything. */
async function issuesOf(db: Db, importId: number, person: Person): Promise<number[]> {
  const seqs: number[] = [];
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('row_issues')
      .select(['seq', 'user_cell', 'group_cell', 'detail'])
      .where('import_id', '=', importId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(ISSUES_PER_PAGE)
      .execute();
    for (const { seq, user_cell, group_cell, detail } of rows) {
      const isMeant =
        isNamedIn(user_cell, person) || hasAddressIn(`${group_cell} ${detail ?? ''}`, person);
      if (isMeant) seqs.push(seq);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ISSUES_PER_PAGE) return seqs;
    after = last.seq;
  }
}

/** @returns the ids of imports that have data about the person in a table besides their rows */
export async function importsNaming(db: Db, userId: UserId): Promise<ReadonlySet<number>> {
  const ids = new Set<number>();
  for (const table of PERSON_TABLES) {
    const rows = await db
      .selectFrom(table)
      .select('import_id')
      .distinct()
      .where('user_id', '=', userId)
      .execute();
    for (const { import_id } of rows) ids.add(import_id);
  }
  return ids;
}
