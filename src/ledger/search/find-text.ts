import { type Expression, type SqlBool, sql } from 'kysely';
import { type GroupId, groupId, type UserId, userId } from '../../domain/pairs/ids.ts';
import { fold, foldText } from '../db/fold-text.ts';
import type { Db } from '../db/schema.ts';

/** What a searched text stands for in an import. */
export interface TextMatches {
  /** The text in lower case, word by word. */
  words: readonly string[];
  users: ReadonlySet<UserId>;
  groups: ReadonlySet<GroupId>;
}

/**
 * Finds the people and groups that a text stands for: all of its words are in a person's name or e-mail
 * address, or in a group's name, or the text is an ID.
 */
export async function findText(db: Db, importId: number, text: string): Promise<TextMatches> {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const users = new Set<UserId>();
  for (const [table, column] of [
    ['user_names', 'name'],
    ['user_checks', 'name'],
    ['import_emails', 'email'],
  ] as const) {
    const rows = await db
      .selectFrom(table)
      .select('user_id')
      .where('import_id', '=', importId)
      // Folding calls into this program for each row: most people may have no name.
      .where(column, 'is not', null)
      .where(holdsAll(db, column, words))
      .execute();
    for (const { user_id } of rows) users.add(user_id);
  }
  const groups = new Set<GroupId>();
  for (const [table, column] of [
    ['group_names', 'name'],
    ['group_names', 'cell'],
    ['group_checks', 'name'],
  ] as const) {
    const rows = await db
      .selectFrom(table)
      .select('group_id')
      .where('import_id', '=', importId)
      .where(holdsAll(db, column, words))
      .execute();
    for (const { group_id } of rows) groups.add(group_id);
  }
  const number = /^\d{1,10}$/.test(text.trim()) ? Number(text) : 0;
  const [user, group] = [userId(number), groupId(number)];
  if (user !== undefined) users.add(user);
  if (group !== undefined) groups.add(group);
  return { words, users, groups };
}

/** Whether a column holds every word. */
export const holdsAll = (db: Db, column: string, words: readonly string[]): Expression<SqlBool> => {
  const text = foldText(db, column);
  const each = words.map(
    (word) => sql<SqlBool>`${text} like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
  );
  return sql<SqlBool>`(${sql.join(each, sql` and `)})`;
};
