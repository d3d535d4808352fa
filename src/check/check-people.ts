import type { PersonCheck, PersonState } from '../domain/imports/import-check.ts';
import type { UserId } from '../domain/pairs/ids.ts';
import { insertUserChecks } from '../ledger/checks/user-checks.ts';
import type { Db } from '../ledger/db/schema.ts';
import { readUsers } from '../ledger/external-sort/distinct-users.ts';
import { readAll } from '../portal/directory/read-all.ts';
import { inSlices } from '../portal/directory/slices.ts';
import type { CallResult } from '../portal/http/batch.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { isAboutMethod } from '../portal/http/failure.ts';
import { toName } from '../portal/http/json.ts';
import { type Person, readPeople, USERS_PER_PAGE, usersCall } from '../portal/methods/users.ts';
import type { CheckOptions } from './check-options.ts';

type Noted = PersonCheck & { state: PersonState };

/** As many as fit in a few full requests. */
const PEOPLE_AT_ONCE = 10_000;

/**
 * Looks up every person of an import and records those that are missing or dismissed.
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
    const worthReporting = pages.flatMap((page, at) => explain(page, results[at]));
    await insertUserChecks(db, importId, worthReporting);
    onProgress?.({ what: 'people', done: people });
  }
  return { people, shown };
}

/** @returns people that the portal does not list, and dismissed ones; none when there is no usable answer */
function explain(ids: readonly UserId[], result: CallResult | undefined): Noted[] {
  const people = result?.ok ? readPeople(result.result) : undefined;
  if (people === undefined) return [];
  const listed = new Map<number, Person>(people.map((person) => [person.id, person]));
  return ids.flatMap((id): Noted[] => {
    const person = listed.get(id);
    if (person === undefined) return [{ id, state: 'missing', name: null }];
    return person.active ? [] : [{ id, state: 'dismissed', name: toName(person.name) }];
  });
}
