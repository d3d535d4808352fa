import type { GroupId } from '../domain/pairs/ids.ts';
import { type ReadOptions, readAll } from '../portal/directory/read-all.ts';
import { readInfosOf } from '../portal/directory/read-group-infos.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { isAboutMethod } from '../portal/http/failure.ts';
import { readGroups } from '../portal/methods/groups.ts';
import { type GroupFinding, toFinding } from './group-finding.ts';

/** Reads groups with their people, or only their names if the webhook may not read people. */
export class GroupReader {
  readonly #client: PortalClient;
  readonly #options: ReadOptions;
  #showsPeople = true;

  constructor(client: PortalClient, options: ReadOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Whether the webhook may read the people of a group; true until a read shows otherwise. */
  get showsPeople(): boolean {
    return this.#showsPeople;
  }

  /** @returns what the portal says about each group */
  async read(ids: readonly GroupId[]): Promise<Map<GroupId, GroupFinding>> {
    if (this.#showsPeople) {
      const results = await readGroups(ids, (calls) => readAll(this.#client, calls, this.#options));
      this.#showsPeople = !results.some(
        (result) => result?.ok === false && isAboutMethod(result.failure),
      );
      if (this.#showsPeople) return new Map(ids.map((id, at) => [id, toFinding(results[at])]));
    }
    return this.#readInfos(ids);
  }

  async #readInfos(ids: readonly GroupId[]): Promise<Map<GroupId, GroupFinding>> {
    const infos = await readInfosOf(this.#client, ids, this.#options);
    const findings = [...infos].map(([id, info]): [GroupId, GroupFinding] => [
      id,
      info === undefined ? { kind: 'invisible' } : { kind: 'named', info },
    ]);
    return new Map(findings);
  }
}
