import type { UserId } from '../../domain/pairs/ids.ts';
import { fold } from '../db/fold-text.ts';
import type { Db } from '../db/schema.ts';
import { holdsAll } from './find-text.ts';

/** A person of any import. */
export interface FoundPerson {
  id: UserId;
  name: string;
}

/** @returns at most `limit` people whose names hold all words of the text, each with the latest of these names */
export async function findPeople(db: Db, text: string, limit: number): Promise<FoundPerson[]> {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const rows = await db
    .selectFrom('user_names')
    .innerJoin('imports', 'imports.id', 'user_names.import_id')
    .select(['user_names.user_id', 'user_names.name'])
    .where('imports.state', '!=', 'removed')
    .where(holdsAll(db, 'user_names.name', words))
    .orderBy('user_names.import_id', 'desc')
    .orderBy('user_names.user_id')
    // The same people can be in many imports.
    .limit(limit * 20)
    .execute();
  const found = new Map<UserId, string>();
  for (const { user_id, name } of rows) if (!found.has(user_id)) found.set(user_id, name);
  return [...found].slice(0, limit).map(([id, name]) => ({ id, name }));
}
