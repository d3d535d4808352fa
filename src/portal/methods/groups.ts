import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Relation } from '../../domain/pairs/obstacle.ts';
import type { Call, CallResult } from '../http/batch.ts';
import { isRecord, isTrue, toName, toText } from '../http/json.ts';

/** The users' relations to a group, as far as the portal reports them. */
export interface GroupReading {
  /** Missing when the answer does not name the group. */
  name?: string;
  members: ReadonlySet<number>;
  /** Invited, or asking to join. */
  pending: ReadonlySet<number>;
  /** Whether the answer shows who is pending: older portals do not show it to everybody. */
  showsPending: boolean;
  /** As far as the long list was read and the portal shows it to the caller. */
  banned: ReadonlySet<number>;
  /**
   * Whether the caller's role in the group allows to invite; undefined when the answer does not say. See
   * `mayInvite` of `obstacle.ts` for what follows from it.
   */
  mayInvite: boolean | undefined;
}

/** @returns the user's relation to the group, as far as it was read */
export function relationOf(
  { members, pending, banned }: Pick<GroupReading, 'members' | 'pending' | 'banned'>,
  userId: number,
): Relation | undefined {
  if (members.has(userId)) return 'member';
  if (pending.has(userId)) return 'pending';
  return banned.has(userId) ? 'banned' : undefined;
}

/**
 * Reads a group with the ids of its people (`socialnetwork.api.workgroup.get`). Needs the scope
 * `socialnetwork`.
 */
export const groupCall = (groupId: GroupId): Call => workgroupGet(groupId, ['ACTIONS']);

/**
 * The same with a list of all relations, bans included, which is ten times as long and never paged. The list
 * is empty when the caller's role does not let them invite, also for administrators without a role.
 */
export const groupListCall = (groupId: GroupId): Call =>
  workgroupGet(groupId, ['GROUP_MEMBERS_LIST', 'ACTIONS']);

const workgroupGet = (groupId: GroupId, select: readonly string[]): Call => ({
  method: 'socialnetwork.api.workgroup.get',
  parameters: { params: { groupId, select } },
});

/** Whether a group's ids show all relations, so that its long list would add nothing. */
const listsEverybody = (result: unknown): boolean =>
  isRecord(result) && isRecord(result.MEMBERS) && isRecord(result.INVITED_MEMBERS);

/**
 * Reads groups by their ids, and the long lists only where the ids do not show all relations but bans.
 *
 * @param read makes calls, and returns a result for each in their order
 * @returns results for {@link readGroup}, in the order of the groups
 */
export async function readGroups<Result extends CallResult>(
  groupIds: readonly GroupId[],
  read: (calls: readonly Call[]) => Promise<readonly Result[]>,
): Promise<readonly (Result | undefined)[]> {
  const results = await read(groupIds.map(groupCall));
  const unclear = groupIds.filter((_, at) => {
    const result = results[at];
    return result?.ok && !listsEverybody(result.result);
  });
  if (unclear.length === 0) return results;
  const lists = await read(unclear.map(groupListCall));
  const longer = new Map(unclear.map((id, at) => [id, lists[at]]));
  return groupIds.map((id, at) => longer.get(id) ?? results[at]);
}

/** @returns the relations, or undefined when the answer is something else */
export function readGroup(result: unknown): GroupReading | undefined {
  if (!isRecord(result)) return undefined;
  const lists = [result.MEMBERS, result.ORDINARY_MEMBERS, result.MODERATOR_MEMBERS];
  if (!lists.some(isRecord)) return undefined;
  const members = new Set(lists.flatMap(readIds));
  const pending = new Set(readIds(result.INVITED_MEMBERS));
  const banned = new Set<number>();
  const list = isRecord(result.GROUP_MEMBERS_LIST) ? Object.values(result.GROUP_MEMBERS_LIST) : [];
  for (const entry of list) {
    if (!isRecord(entry)) continue;
    if (isTrue(entry.isMember)) members.add(Number(entry.id));
    else if (isTrue(entry.invited) || isTrue(entry.isAwaiting)) pending.add(Number(entry.id));
    else if (RELATIONS.every((name) => name in entry)) banned.add(Number(entry.id));
  }
  const name = toName(toText(result.NAME));
  const invite = isRecord(result.ACTIONS) ? result.ACTIONS.INVITE : undefined;
  return {
    ...(name !== null && { name }),
    ...{ members, pending, banned },
    // The long list is empty for a caller without the right to invite.
    showsPending: isRecord(result.INVITED_MEMBERS) || list.length > 0,
    mayInvite: invite === undefined ? undefined : isTrue(invite),
  };
}

/** An entry of the long list in which none of these is true is about a banned user. */
const RELATIONS = ['invited', 'isAwaiting', 'isMember'] as const;

const readIds = (list: unknown): number[] =>
  isRecord(list) ? Object.values(list).map(Number).filter(Number.isInteger) : [];
