import type { Lookup } from '../domain/directory.ts';
import type { UserId } from '../domain/ids.ts';
import type { Call } from './batch.ts';
import type { PortalClient } from './client.ts';
import { isAboutMethod } from './failure.ts';
import { type ReadOptions, readAll } from './read-all.ts';
import { readNamed } from './read-lists.ts';
import { hiddenEmails, readScopes, requireEmails, SCOPE } from './scopes.ts';
import { inSlices } from './slices.ts';
import { unusablePortal } from './unusable.ts';
import { emailsCall, type Person, readPeople, USERS_PER_PAGE } from './users.ts';

/** The portal's column holds no more: a longer address is nobody's. */
const LONGEST = 255;

/** Pages of people behind one address, or one with wildcards, after which nobody looks further. */
const MAX_PAGES = 20;

/** Calls at a time: ten thousand addresses, so that memory does not grow with the file. */
const CALLS = 200;

/** @returns an address as it is compared */
export const emailKey = (email: string): string => email.trim().toLowerCase();

/** @throws Problem when people cannot be found by their addresses with the webhook's scopes */
export async function checkEmails(client: PortalClient, options: ReadOptions): Promise<void> {
  const [answer] = await readAll(client, [{ method: SCOPE, parameters: {} }], options);
  const scopes = answer?.ok ? readScopes(answer.result) : undefined;
  // A portal that does not know the question is believed by its answers about people.
  if (scopes !== undefined) requireEmails(scopes);
}

/**
 * Finds people by their addresses (`user.get`, "Get a List of Users by Filter").
 *
 * An address with `%` is looked for among the first thousand people that it matches as a wildcard.
 *
 * @param emails in the form of {@link emailKey}
 * @returns what each address means
 * @throws Problem when the portal cannot be asked or does not compare addresses
 */
export async function findUsers(
  client: PortalClient,
  emails: readonly string[],
  options: ReadOptions,
): Promise<Map<string, Lookup<UserId>>> {
  const possible = emails.filter((email) => email !== '' && email.length <= LONGEST);
  const wild = possible.filter((email) => email.includes('%')).map((email) => [email]);
  const plain = possible.filter((email) => !email.includes('%'));
  const questions = [...inSlices(plain, USERS_PER_PAGE), ...wild];
  const wanted = new Set(possible);
  const bearers = new Map<string, Map<UserId, Person>>();
  for (const some of inSlices(questions, CALLS)) {
    for (const person of await readPersons(client, some, wanted, options)) {
      const email = emailKey(person.email ?? '');
      if (!wanted.has(email)) continue;
      const known = bearers.get(email) ?? new Map<UserId, Person>();
      bearers.set(email, known.set(person.id, person));
    }
  }
  return new Map(emails.map((email) => [email, choose([...(bearers.get(email)?.values() ?? [])])]));
}

async function readPersons(
  client: PortalClient,
  questions: readonly (readonly string[])[],
  wanted: ReadonlySet<string>,
  options: ReadOptions,
): Promise<Person[]> {
  const look = (call: Call, people: readonly Person[], hasMore: boolean) => {
    if (people.some(({ email }) => email === undefined)) {
      throw hiddenEmails('the portal does not show it any addresses');
    }
    const isMeant = people.some(({ email }) => wanted.has(emailKey(email ?? '')));
    if (hasMore && !isMeant && !/[%_]/.test(JSON.stringify(call.parameters.FILTER))) {
      throw hiddenEmails('the portal answers with people whose addresses were not asked for');
    }
  };
  const paging = { read: readPeople, maxPages: MAX_PAGES, look };
  const lists = await readNamed(client, questions, emailsCall, paging, options);
  return lists.flatMap((list) => {
    if (list.ok) return list.records;
    if (isAboutMethod(list.failure)) throw hiddenEmails('it may not read people (scope user)');
    throw unusablePortal(client.webhook.portal, list.failure);
  });
}

function choose(people: readonly Person[]): Lookup<UserId> {
  const active = people.filter((person) => person.active);
  const [only, ...others] = active.length > 0 ? active : people;
  if (only === undefined) return { kind: 'unknown' };
  if (others.length === 0) return { kind: 'found', id: only.id };
  const candidates = people.map(({ id, name, active: isActive }) => ({
    id,
    name: isActive ? name : `${name} (dismissed)`,
  }));
  return { kind: 'ambiguous', candidates };
}
