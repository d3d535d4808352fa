import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Call, CallResult } from '../http/batch.ts';
import { isRecord, isTrue } from '../http/json.ts';

/** The users' relations to a group, as far as the portal reports them. */
export interface GroupReading {
  members: ReadonlySet<number>;
  /** Invited, or asking to join. */
  pending: ReadonlySet<number>;
  /** Whether the caller may invite there; undefined when the answer does not say. */
  mayInvite: boolean | undefined;
}

/**
 * Reads a group with the ids of its people (`socialnetwork.api.workgroup.get`). Needs the scope
 * `socialnetwork`.
 */
export const groupCall = (groupId: GroupId): Call => workgroupGet(groupId, ['ACTIONS']);

/** The same with a list of all relations, which is ten times as long and never paged. */
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
 * Reads groups by their ids, and the long lists only where the ids do not show all relations.
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
  for (const entry of isRecord(result.GROUP_MEMBERS_LIST)
    ? Object.values(result.GROUP_MEMBERS_LIST)
    : []) {
    if (!isRecord(entry)) continue;
    if (isTrue(entry.isMember)) members.add(Number(entry.id));
    else if (isTrue(entry.invited) || isTrue(entry.isAwaiting)) pending.add(Number(entry.id));
  }
  const invite = isRecord(result.ACTIONS) ? result.ACTIONS.INVITE : undefined;
  return { members, pending, mayInvite: invite === undefined ? undefined : isTrue(invite) };
}

const readIds = (list: unknown): number[] =>
  isRecord(list) ? Object.values(list).map(Number).filter(Number.isInteger) : [];
