import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, isTrue, toName, toText } from '../http/json.ts';
import { SHOW_HIDDEN, unescapeHtml } from './named-groups.ts';

/** What the portal says of a group besides its people. */
export interface GroupInfo {
  name: string | null;
  /** Number of members. */
  size: number | null;
  isCollab: boolean;
  isArchived: boolean;
}

/** For a group of which nothing was read. */
export const UNKNOWN_GROUP: GroupInfo = {
  ...{ name: null, size: null, isCollab: false, isArchived: false },
};

/** `sonet_group.get` returns at most this many groups at a time. */
export const GROUPS_PER_PAGE = 50;

/**
 * Reads groups by their ids ("Get a list of groups and projects"), as far as the caller can see
 * them. Needs the scope `sonet_group` only, and does not return their people.
 *
 * @param groupIds at most {@link GROUPS_PER_PAGE}
 * @param withHidden also groups that the caller cannot see; only administrators get them. @default false
 */
export function groupInfosCall(groupIds: readonly GroupId[], withHidden = false): Call {
  const parameters = { FILTER: { ID: groupIds }, ...(withHidden && SHOW_HIDDEN) };
  return { method: 'sonet_group.get', parameters };
}

/** @returns the groups on a page by id, or undefined when the answer is something else */
export function readGroupInfos(result: unknown): ReadonlyMap<number, GroupInfo> | undefined {
  if (!isRecord(result)) return undefined;
  const groups = new Map<number, GroupInfo>();
  for (const group of Object.values(result)) {
    if (!isRecord(group) || !Number.isInteger(Number(group.ID))) return undefined;
    groups.set(Number(group.ID), readGroupInfo(group));
  }
  return groups;
}

/** Reads a group as any method returns it ("Retrieve Data on Workgroup"). */
export function readGroupInfo(group: unknown): GroupInfo {
  if (!isRecord(group)) return UNKNOWN_GROUP;
  const size = Number(group.NUMBER_OF_MEMBERS ?? Number.NaN);
  const name = toName(unescapeHtml(toText(group.NAME)));
  return {
    name,
    size: Number.isInteger(size) ? size : null,
    isCollab: toText(group.TYPE).toLowerCase() === 'collab',
    isArchived: isTrue(group.CLOSED),
  };
}
