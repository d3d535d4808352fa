import type { Candidate } from '../../domain/pairs/directory.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import { NearNames } from '../../domain/text/near-names.ts';
import type { PortalClient } from '../http/client.ts';
import { allGroupsCall, readNamedGroups, unescapeHtml } from '../methods/named-groups.ts';
import { type ReadOptions, readAll } from './read-all.ts';

const PAGE = 50;
/** Most pages that are read, for ten thousand groups, and how many in one go. */
const [PAGES, AT_ONCE] = [200, 50];

/** The names of all groups that the caller can see, read when a name is found nowhere. */
export class GroupNames {
  readonly #client: PortalClient;
  readonly #options: ReadOptions;
  #names: Promise<NearNames<Candidate<GroupId>>> | undefined;

  constructor(client: PortalClient, options: ReadOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** @returns the groups whose name, in the form of {@link loosely}, differs by one letter */
  async findNear(name: string): Promise<Candidate<GroupId>[]> {
    this.#names ??= this.#read();
    const names = await this.#names.catch((error: unknown) => {
      this.#names = undefined;
      throw error;
    });
    return names.find(loosely(name)).sort((left, right) => left.id - right.id);
  }

  async #read(): Promise<NearNames<Candidate<GroupId>>> {
    const names = new NearNames<Candidate<GroupId>>();
    // The first page alone: most portals have few groups.
    for (let page = 0, count = 1; page < PAGES; page += count, count = AT_ONCE) {
      const calls = Array.from({ length: count }, (_, i) => allGroupsCall((page + i) * PAGE));
      const results = await readAll(this.#client, calls, this.#options);
      for (const result of results) {
        // Without all names there are fewer to offer.
        const groups = (result.ok && readNamedGroups(result.result)) || [];
        for (const { id, name } of groups) {
          const shown = unescapeHtml(name).trim().normalize('NFC');
          names.add(loosely(shown), { id, name: shown });
        }
      }
      if (results.some((result) => !result.ok || result.next === undefined)) break;
    }
    return names;
  }
}

/** @returns a name without case, accents, quotation marks and kinds of spaces and dashes */
export const loosely = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}"'“”„‟‘’‚«»]/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
