import { sql } from 'kysely';
import type { GroupId } from '../../domain/pairs/ids.ts';
import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db } from '../db/schema.ts';

const insert = new BulkInsert(
  'group_names',
  { import_id: 'integer', group_id: 'integer', name: 'text', cell: 'text' },
  {},
  sql`on conflict (import_id, group_id) do nothing`,
);

/** Records the groups behind the names in one import's file. */
export class GroupCells {
  readonly #importId: number;
  readonly #known = new Set<GroupId>();

  constructor(importId: number) {
    this.#importId = importId;
  }

  /** @param groups the ids by the names as they stand in the file */
  async keep(db: Db, groups: ReadonlyMap<string, GroupId>): Promise<void> {
    const fresh = [...groups]
      .filter(([, id]) => !this.#known.has(id))
      .sort(([, a], [, b]) => a - b);
    for (const [, id] of fresh) this.#known.add(id);
    await insert.execute(db, fresh.length, (at, parameters) => {
      const [name, id] = fresh[at] ?? [];
      if (name !== undefined && id !== undefined) parameters.push(this.#importId, id, name, name);
    });
  }
}

/** @returns whether an import's file names some of its groups and people instead of their ids */
export async function readNamedInFile(
  db: Db,
  importId: number,
): Promise<{ groups: boolean; users: boolean }> {
  const group = await db
    .selectFrom('group_names')
    .select('group_id')
    .where('import_id', '=', importId)
    .where('cell', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  const user = await db
    .selectFrom('import_emails')
    .select('user_id')
    .where('import_id', '=', importId)
    .limit(1)
    .executeTakeFirst();
  return { groups: group !== undefined, users: user !== undefined };
}
