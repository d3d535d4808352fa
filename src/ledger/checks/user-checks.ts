import type { PersonCheck, PersonState } from '../../domain/imports/import-check.ts';
import type { UserId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';

/** SQLite accepts 32,766 parameters per statement. */
const USERS_PER_INSERT = 1_000;
const USERS_PER_PAGE = 5_000;

/** Records the users that the check reports: missing or dismissed. */
export async function insertUserChecks(
  db: Db,
  importId: number,
  people: readonly (PersonCheck & { state: PersonState })[],
): Promise<void> {
  for (let at = 0; at < people.length; at += USERS_PER_INSERT) {
    const rows = people
      .slice(at, at + USERS_PER_INSERT)
      .map(({ id, state, name }) => ({ import_id: importId, user_id: id, state, name }));
    await db.insertInto('user_checks').values(rows).execute();
  }
}

/**
 * Removes the notes about people who get no invitation: being dismissed, or not notified, matters to the others only.
 *
 * @param range users with ids above `after`, up to `upTo` if given
 * @param invited those of them who may get an invitation
 */
export async function forgetUninvited(
  db: Db,
  importId: number,
  { after, upTo }: { after: UserId | undefined; upTo: UserId | undefined },
  invited: readonly UserId[],
): Promise<void> {
  await db
    .deleteFrom('user_checks')
    .where('import_id', '=', importId)
    .where('state', '!=', 'missing')
    .$if(after !== undefined, (query) => query.where('user_id', '>', after ?? (0 as UserId)))
    .$if(upTo !== undefined, (query) => query.where('user_id', '<=', upTo ?? (0 as UserId)))
    .$if(invited.length > 0, (query) => query.where('user_id', 'not in', invited))
    .execute();
}

/** Reads the users of an import that a check found in the state, ordered by id, page by page. */
export async function* readUserChecks(
  db: Db,
  importId: number,
  state: PersonState,
): AsyncGenerator<PersonCheck> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('user_checks')
      .select(['user_id', 'name'])
      .where('import_id', '=', importId)
      .where('user_id', '>', after as UserId)
      .where('state', '=', state)
      .orderBy('user_id')
      .limit(USERS_PER_PAGE)
      .execute();
    yield* rows.map(({ user_id, name }) => ({ id: user_id, name }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < USERS_PER_PAGE) return;
    after = last.user_id;
  }
}

/** @returns how many users of the import are in the state */
export async function countUserChecks(
  db: Db,
  importId: number,
  state: PersonState,
): Promise<number> {
  const { count } = await db
    .selectFrom('user_checks')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('import_id', '=', importId)
    .where('state', '=', state)
    .executeTakeFirstOrThrow();
  return Number(count);
}
