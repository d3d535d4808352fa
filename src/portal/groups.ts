import type { GroupId } from '../domain/ids.ts';
import type { Call } from './batch.ts';
import { isRecord, isTrue } from './json.ts';

/** Who has which relation to a group, as far as the portal tells. */
export interface GroupReading {
  members: ReadonlySet<number>;
  /** Invited, or asking to join. */
  pending: ReadonlySet<number>;
  /** Whether the caller may invite there; undefined when the answer does not say. */
  mayInvite: boolean | undefined;
}

/**
 * Reads a group with all its relations (`socialnetwork.api.workgroup.get`). Needs the scope
 * `socialnetwork`.
 */
export function groupCall(groupId: GroupId): Call {
  return {
    method: 'socialnetwork.api.workgroup.get',
    parameters: { params: { groupId, select: ['GROUP_MEMBERS_LIST', 'ACTIONS'] } },
  };
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
