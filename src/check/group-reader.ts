import type { GroupId } from '../domain/ids.ts';
import type { CallResult } from '../portal/batch.ts';
import type { PortalClient } from '../portal/client.ts';
import { isAboutMethod } from '../portal/failure.ts';
import { GROUPS_PER_PAGE, groupInfosCall, readGroupInfos } from '../portal/group-info.ts';
import { groupCall } from '../portal/groups.ts';
import { type ReadOptions, readAll } from '../portal/read-all.ts';
import { inSlices } from '../portal/slices.ts';
import { type GroupFinding, toFinding } from './group-finding.ts';

/** Reads groups with their people, or at least their names where the webhook may not see people. */
export class GroupReader {
  readonly #client: PortalClient;
  readonly #options: ReadOptions;
  #tellsPeople = true;

  constructor(client: PortalClient, options: ReadOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Whether the webhook may see who is in a group, as far as it has come out yet. */
  get tellsPeople(): boolean {
    return this.#tellsPeople;
  }

  /** @returns what the portal says of each group */
  async read(ids: readonly GroupId[]): Promise<Map<GroupId, GroupFinding>> {
    if (this.#tellsPeople) {
      const results = await readAll(this.#client, ids.map(groupCall), this.#options);
      this.#tellsPeople = !results.some((result) => !result.ok && isAboutMethod(result.failure));
      if (this.#tellsPeople) return new Map(ids.map((id, at) => [id, toFinding(results[at])]));
    }
    return this.#readInfos(ids);
  }

  async #readInfos(ids: readonly GroupId[]): Promise<Map<GroupId, GroupFinding>> {
    const pages = inSlices(ids, GROUPS_PER_PAGE);
    const results = await readAll(this.#client, pages.map(groupInfosCall), this.#options);
    const findings = pages.flatMap((page, at) => infosOnPage(page, results[at]));
    return new Map(findings);
  }
}

function infosOnPage(
  page: readonly GroupId[],
  result: CallResult | undefined,
): [GroupId, GroupFinding][] {
  const infos = result?.ok ? readGroupInfos(result.result) : undefined;
  return page.map((id): [GroupId, GroupFinding] => {
    if (infos === undefined) return [id, { kind: 'named', info: { name: null, size: null } }];
    const info = infos.get(id);
    return [id, info === undefined ? { kind: 'invisible' } : { kind: 'named', info }];
  });
}
