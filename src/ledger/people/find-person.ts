import { emailKey } from '../../domain/pairs/email-key.ts';
import type { UserId } from '../../domain/pairs/ids.ts';
import type { Person } from '../../domain/pairs/person.ts';
import type { Db } from '../db/schema.ts';
import { findByEmail } from '../pairs/import-emails.ts';

/** Who is meant: the person, or several users that an address stood for. */
export type FoundPerson =
  | { kind: 'one'; person: Person }
  | { kind: 'several'; userIds: readonly UserId[] };

/** Finds a person by the id, with all addresses that stood for it in any import, or by an address. */
export async function findPerson(db: Db, given: UserId | string): Promise<FoundPerson> {
  const [userId, ...others] = typeof given === 'string' ? await findByEmail(db, given) : [given];
  if (userId === undefined) {
    return { kind: 'one', person: { userId, emails: [emailKey(String(given))] } };
  }
  if (others.length > 0) return { kind: 'several', userIds: [userId, ...others] };
  const rows = await db
    .selectFrom('import_emails')
    .select('email')
    .distinct()
    .where('user_id', '=', userId)
    .orderBy('email')
    .execute();
  return { kind: 'one', person: { userId, emails: rows.map(({ email }) => email) } };
}
