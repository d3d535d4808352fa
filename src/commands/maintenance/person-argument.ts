import { userId } from '../../domain/pairs/ids.ts';
import type { Person } from '../../domain/pairs/person.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findPerson } from '../../ledger/people/find-person.ts';
import { problem } from '../../messages/problems.ts';

/**
 * @param text an id or an e-mail address
 * @throws Problem when it is neither, or an address that stood for several people
 */
export async function requirePerson(db: Db, text: string): Promise<Person> {
  const id = /^\d+$/.test(text) ? userId(Number(text)) : undefined;
  if (id === undefined && !/^[^\s@]+@[^\s@]+$/.test(text.trim())) {
    throw problem('person_unclear', { text });
  }
  const found = await findPerson(db, id ?? text);
  if (found.kind === 'one') return found.person;
  throw problem('person_ambiguous', { email: text, ids: found.userIds.join(', ') });
}

/** @returns a person in words: the id and the addresses */
export const describePerson = ({ userId: id, emails }: Person): string =>
  [...(id === undefined ? [] : [`user ${id}`]), ...emails].join(', ');
