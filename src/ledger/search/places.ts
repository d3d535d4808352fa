import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { findPlacesOfUsers } from '../pairs/user-pairs.ts';
import type { Wanted } from './wanted-records.ts';

/** Above these numbers, reading the import in the order of the file finds a page sooner. */
const MOST_USERS = 20_000;
export const MOST_PLACES = 200_000;

/**
 * Finds the places of the pairs that a group, a user, a finding of the check or a text stands for, through their indexes.
 *
 * @returns the places in order; undefined when they are too many, or nothing restricts them
 */
export async function findPlaces(
  db: Db,
  importId: number,
  { places, groupId, userId, matches, checked }: Wanted,
): Promise<readonly number[] | undefined> {
  if (places !== undefined) return [...new Set(places)].sort(byNumber);
  const users = userId === undefined ? undefined : new Set([userId]);
  const groups = groupId === undefined ? undefined : new Set([groupId]);
  if (users !== undefined) return findPlacesOfUsers(db, importId, users);
  if (groups !== undefined) return placesOfGroups(db, importId, groups);
  const among = checked ?? matches;
  if (among === undefined || among.users.size > MOST_USERS) return undefined;
  const ofGroups = await placesOfGroups(db, importId, among.groups);
  const ofUsers = await findPlacesOfUsers(db, importId, among.users);
  if (ofGroups === undefined || ofUsers.length > MOST_PLACES) return undefined;
  if (ofGroups.length === 0) return ofUsers;
  return [...new Set([...ofGroups, ...ofUsers])].sort(byNumber);
}

async function placesOfGroups(
  db: Db,
  importId: number,
  groups: ReadonlySet<GroupId>,
): Promise<number[] | undefined> {
  const seqs: number[] = [];
  for (const group of groups) {
    const rows = await db
      .selectFrom('pair_keys')
      .select('seq')
      .where('import_id', '=', importId)
      .where('group_id', '=', group)
      .limit(MOST_PLACES + 1 - seqs.length)
      .execute();
    for (const { seq } of rows) seqs.push(seq);
    if (seqs.length > MOST_PLACES) return undefined;
  }
  return seqs.sort(byNumber);
}

const byNumber = (a: number, b: number): number => a - b;
