import type { PersonCheck, PersonState } from '../domain/imports/import-check.ts';
import type { UserId } from '../domain/pairs/ids.ts';
import { inSlices } from '../domain/slices.ts';
import { insertUserChecks } from '../ledger/checks/user-checks.ts';
import { recordUserNames, type UserName } from '../ledger/checks/user-name-store.ts';
import type { Db } from '../ledger/db/schema.ts';
import { readUsers } from '../ledger/external-sort/distinct-users.ts';
import { readAll } from '../portal/directory/read-all.ts';
import type { CallResult } from '../portal/http/batch.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { isAboutMethod } from '../portal/http/failure.ts';
import { toName } from '../portal/http/json.ts';
import { type Person, readPeople, USERS_PER_PAGE, usersCall } from '../portal/methods/users.ts';
import type { CheckOptions } from './check-options.ts';

type Noted = PersonCheck & { state: PersonState };

/** A person of the file; undefined when the portal does not show them. */
interface Listed {
  id: UserId;
  person: Person | undefined;
}

/** As many as fit in a few full requests. */
const PEOPLE_AT_ONCE = 10_000;

/**
 * Looks up every person of an import and records their names, and who is missing, dismissed or not
 * notified.
 *
 * @returns the number of people, and whether the webhook may see them
 */
export async function checkPeople(
  db: Db,
  client: PortalClient,
  importId: number,
  { onProgress, ...options }: CheckOptions,
): Promise<{ people: number; shown: boolean }> {
  let people = 0;
  let shown = true;
  for await (const ids of readUsers(db, importId, PEOPLE_AT_ONCE, options.signal)) {
    people += ids.length;
    if (!shown) continue;
    const pages = inSlices(ids, USERS_PER_PAGE);
    const results = await readAll(client, pages.map(usersCall), options);
    shown = !results.some((result) => !result.ok && isAboutMethod(result.failure));
    const read = pages.flatMap((page, at) => readPage(page, results[at]));
    await insertUserChecks(db, importId, read.flatMap(toNoted));
    await recordUserNames(db, importId, read.flatMap(toUserName));
    onProgress?.({ what: 'people', done: people });
  }
  return { people, shown };
}

/** @returns the page's people, each with what the portal shows; none when there is no usable answer */
function readPage(ids: readonly UserId[], result: CallResult | undefined): Listed[] {
  const people = result?.ok ? readPeople(result.result) : undefined;
  if (people === undefined) return [];
  const listed = new Map<number, Person>(people.map((person) => [person.id, person]));
  return ids.map((id) => ({ id, person: listed.get(id) }));
}

/** @returns people that the portal does not show, dismissed ones, and extranet users who never logged in */
function toNoted({ id, person }: Listed): Noted[] {
  if (person === undefined) return [{ id, state: 'missing', name: null }];
  const name = toName(person.name);
  if (!person.active) return [{ id, state: 'dismissed', name }];
  return person.isUnnotified ? [{ id, state: 'unnotified', name }] : [];
}

function toUserName({ id, person }: Listed): UserName[] {
  const name = person === undefined ? null : toName(person.name);
  return name === null ? [] : [{ id, name }];
}
