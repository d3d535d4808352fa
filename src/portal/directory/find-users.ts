import type { Lookup } from '../../domain/pairs/directory.ts';
import { emailKey } from '../../domain/pairs/email-key.ts';
import type { UserId } from '../../domain/pairs/ids.ts';
import { inSlices } from '../../domain/slices.ts';
import type { PortalClient } from '../http/client.ts';
import { describeFailure, isAboutMethod } from '../http/failure.ts';
import { toName } from '../http/json.ts';
import { unusablePortal } from '../http/portal-problem.ts';
import { hiddenEmails, requireEmails } from '../methods/scopes.ts';
import { emailsCall, type Person, readPeople, USERS_PER_PAGE } from '../methods/users.ts';
import type { ReadOptions } from './read-all.ts';
import { inquire, type Names } from './read-lists.ts';

/** The portal's column holds no more characters: no user has a longer address. */
const LONGEST = 255;

/** Calls at a time: ten thousand addresses, so that memory does not grow with the file. */
const CALLS = 200;

/** @throws Problem when people cannot be found by their addresses with the webhook's scopes */
export async function checkEmails(client: PortalClient, options: ReadOptions): Promise<void> {
  const { scopes } = await client.profile.renew(options.signal);
  // Where the portal does not report them, the answers about people decide.
  if (scopes !== undefined) requireEmails(scopes);
}

/**
 * Finds people by their addresses (`user.get`, "Get a List of Users by Filter").
 *
 * An administrator's webhook finds extranet users too.
 *
 * An address with `%` is searched for among the first thousand people that it matches as a wildcard.
 *
 * @param emails in the form of {@link emailKey}
 * @returns what each address means
 * @throws Problem when the portal cannot be queried or does not compare addresses
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
  if (questions.length === 0) return new Map(emails.map((email) => [email, choose([])]));
  const isAdmin = (await client.profile.get(options.signal)).isAdmin !== false;
  const bearers = new Map<string, Map<UserId, Person>>();
  for (const some of inSlices(questions, CALLS)) {
    for (const person of await readPersons(client, some, { isAdmin, options })) {
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
  questions: readonly Names[],
  { isAdmin, options }: { isAdmin: boolean; options: ReadOptions },
): Promise<Person[]> {
  const call = (emails: Names) => emailsCall(emails, isAdmin);
  const inquiry = { call, read: readPeople, inspect: checkPage };
  const lists = await inquire(client, questions, inquiry, options);
  return lists.flatMap((list) => {
    if (list.ok) return list.records;
    if (!isAboutMethod(list.failure)) throw unusablePortal(client.webhook.portal, list.failure);
    throw hiddenEmails('refused', describeFailure(list.failure));
  });
}

/** @throws Problem when the portal does not compare addresses: it would return all users, page by page */
function checkPage(emails: Names, people: readonly Person[], hasMore: boolean): void {
  if (people.some(({ email }) => email === undefined)) {
    throw hiddenEmails('not_shown');
  }
  // Matches of a wildcard can be other people, and a single page is no proof.
  if (!hasMore || emails.some((email) => email.includes('%'))) return;
  const isMeant = ({ email = '' }: Person) =>
    emails.some((asked) => isLike(emailKey(email), asked));
  if (!people.some(isMeant)) {
    throw hiddenEmails('not_compared');
  }
}

/** @returns whether the portal treats the addresses as equal; `_` matches any character */
const isLike = (email: string, asked: string): boolean =>
  email.length === asked.length &&
  asked.split('').every((sign, index) => sign === '_' || sign === email[index]);

function choose(people: readonly Person[]): Lookup<UserId> {
  const active = people.filter((person) => person.active);
  const [only, ...others] = active.length > 0 ? active : people;
  if (only === undefined) return { kind: 'unknown' };
  if (others.length === 0) {
    const name = toName(only.name);
    return { kind: 'found', id: only.id, ...(name !== null && name !== only.email && { name }) };
  }
  const candidates = people.map(({ id, name, active: isActive }) => ({
    ...{ id, name },
    ...(!isActive && { isDismissed: true }),
  }));
  return { kind: 'ambiguous', candidates };
}
