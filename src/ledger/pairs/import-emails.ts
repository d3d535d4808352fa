import { sql } from 'kysely';
import { emailKey } from '../../domain/pairs/email-key.ts';
import type { UserId } from '../../domain/pairs/ids.ts';
import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db } from '../db/schema.ts';

/** Number of users that are cached between batches, so that few are written again. */
const CACHED = 200_000;

const insert = new BulkInsert(
  'import_emails',
  { import_id: 'integer', user_id: 'integer', email: 'text' },
  {},
  sql`on conflict (import_id, user_id) do nothing`,
);

/** Records the users behind the email addresses in one import's file; a user has one on the portal. */
export class ImportEmails {
  readonly #importId: number;
  readonly #known = new Set<UserId>();

  constructor(importId: number) {
    this.#importId = importId;
  }

  async keep(db: Db, emails: ReadonlyMap<string, UserId>): Promise<void> {
    if (this.#known.size > CACHED) this.#known.clear();
    const fresh: [UserId, string][] = [];
    for (const [email, id] of emails) {
      if (this.#known.has(id)) continue;
      this.#known.add(id);
      fresh.push([id, emailKey(email)]);
    }
    // In the order of the key: inserting in random order takes many times as long.
    fresh.sort(([a], [b]) => a - b);
    await insert.execute(db, fresh.length, (at, parameters) => {
      const row = fresh[at];
      if (row !== undefined) parameters.push(this.#importId, ...row);
    });
  }
}

/** @returns the users that an address stood for in any import */
export async function findByEmail(db: Db, email: string): Promise<UserId[]> {
  const rows = await db
    .selectFrom('import_emails')
    .select('user_id')
    .distinct()
    .where('email', '=', emailKey(email))
    .execute();
  return rows.map(({ user_id }) => user_id);
}

/** @returns the email addresses that an import's file uses for the users */
export async function readEmails(
  db: Db,
  importId: number,
  userIds: readonly UserId[],
): Promise<Map<UserId, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('import_emails')
    .select(['user_id', 'email'])
    .where('import_id', '=', importId)
    .where('user_id', 'in', userIds)
    .execute();
  return new Map(rows.map(({ user_id, email }) => [user_id, email]));
}
