import type { GroupId } from '../../domain/pairs/ids.ts';
import { inSlices } from '../../domain/slices.ts';
import type { PortalClient } from '../http/client.ts';
import {
  GROUPS_PER_PAGE,
  type GroupInfo,
  groupInfosCall,
  readGroupInfos,
  UNKNOWN_GROUP,
} from '../methods/group-info.ts';
import { type ReadOptions, readAll } from './read-all.ts';

/**
 * Reads the names and sizes of groups; 2,500 of them are one request.
 *
 * @param options.withHidden see `groupInfosCall`. @default false
 * @returns what the portal reports of each; undefined for groups that the caller cannot see
 * @throws as `readAll`
 */
export async function readInfosOf(
  client: PortalClient,
  ids: readonly GroupId[],
  { withHidden = false, ...options }: ReadOptions & { withHidden?: boolean },
): Promise<Map<GroupId, GroupInfo | undefined>> {
  const pages = inSlices(ids, GROUPS_PER_PAGE);
  const results = await readAll(
    client,
    pages.map((page) => groupInfosCall(page, withHidden)),
    options,
  );
  return new Map(
    pages.flatMap((page, at) => {
      const result = results[at];
      const infos = result?.ok ? readGroupInfos(result.result) : undefined;
      return page.map((id) => [id, infos === undefined ? UNKNOWN_GROUP : infos.get(id)] as const);
    }),
  );
}
