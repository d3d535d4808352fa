import type { GroupId } from '../domain/pairs/ids.ts';
import { type ReadOptions, readAll } from '../portal/directory/read-all.ts';
import { readInfosOf } from '../portal/directory/read-group-infos.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { isAboutMethod } from '../portal/http/failure.ts';
import { groupListCall } from '../portal/methods/groups.ts';
import { type Caller, type GroupFinding, toFinding } from './group-finding.ts';

/** Reads groups with their people, or only their names if the webhook may not read people. */
export class GroupReader {
  readonly #client: PortalClient;
  readonly #caller: Caller;
  readonly #options: ReadOptions;
  #showsPeople = true;

  constructor(client: PortalClient, caller: Caller, options: ReadOptions) {
    this.#client = client;
    this.#caller = caller;
    this.#options = options;
  }

  /** Whether the webhook may read the people of a group; true until a read shows otherwise. */
  get showsPeople(): boolean {
    return this.#showsPeople;
  }

  /** @returns what the portal says about each group */
  async read(ids: readonly GroupId[]): Promise<Map<GroupId, GroupFinding>> {
    const findings = await this.#readPeople(ids);
    // An administrator may read what a group is that the portal does not let them invite into.
    if (this.#caller.isAdmin === false) return findings;
    const hidden = ids.filter((id) => findings.get(id)?.kind === 'invisible');
    const infos = await readInfosOf(this.#client, hidden, { ...this.#options, withHidden: true });
    for (const [id, info] of infos) findings.set(id, { kind: 'invisible', info });
    return findings;
  }

  async #readPeople(ids: readonly GroupId[]): Promise<Map<GroupId, GroupFinding>> {
    if (this.#showsPeople) {
      const results = await readAll(this.#client, ids.map(groupListCall), this.#options);
      this.#showsPeople = !results.some((result) => !result.ok && isAboutMethod(result.failure));
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
