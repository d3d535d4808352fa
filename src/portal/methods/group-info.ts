import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, toName, toText } from '../http/json.ts';
import { unescapeHtml } from './named-groups.ts';

/** A group's name and its number of members. */
export interface GroupInfo {
  name: string | null;
  size: number | null;
}

/** `sonet_group.get` returns at most this many groups at a time. */
export const GROUPS_PER_PAGE = 50;

/**
 * Reads groups by their ids ("Get a list of groups and projects"), as far as the caller can see
 * them. Needs the scope `sonet_group` only, and does not return their people.
 *
 * @param groupIds at most {@link GROUPS_PER_PAGE}
 */
export function groupInfosCall(groupIds: readonly GroupId[]): Call {
  return { method: 'sonet_group.get', parameters: { FILTER: { ID: groupIds } } };
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
  if (!isRecord(group)) return { name: null, size: null };
  const size = Number(group.NUMBER_OF_MEMBERS ?? Number.NaN);
  const name = toName(unescapeHtml(toText(group.NAME)));
  return { name, size: Number.isInteger(size) ? size : null };
}
