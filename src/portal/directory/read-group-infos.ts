import type { GroupId } from '../../domain/pairs/ids.ts';
import type { PortalClient } from '../http/client.ts';
import {
  GROUPS_PER_PAGE,
  type GroupInfo,
  groupInfosCall,
  readGroupInfos,
} from '../methods/group-info.ts';
import { type ReadOptions, readAll } from './read-all.ts';
import { inSlices } from './slices.ts';

/** Of groups about which the portal did not answer. */
export const UNKNOWN: GroupInfo = { name: null, size: null };

/**
 * Reads what groups are called, and how large they are; 2,500 of them are one request.
 *
 * @returns what the portal says of each; undefined of those that the caller does not see
 * @throws as `readAll`
 */
export async function readInfosOf(
  client: PortalClient,
  ids: readonly GroupId[],
  options: ReadOptions,
): Promise<Map<GroupId, GroupInfo | undefined>> {
  const pages = inSlices(ids, GROUPS_PER_PAGE);
  const results = await readAll(client, pages.map(groupInfosCall), options);
  return new Map(
    pages.flatMap((page, at) => {
      const result = results[at];
      const infos = result?.ok ? readGroupInfos(result.result) : undefined;
      return page.map((id) => [id, infos === undefined ? UNKNOWN : infos.get(id)] as const);
    }),
  );
}
