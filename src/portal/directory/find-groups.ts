import { Problem } from '../../domain/errors/problem.ts';
import type { Candidate, Lookup } from '../../domain/pairs/directory.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import type { PortalClient } from '../http/client.ts';
import { describeFailure, isAboutMethod, type PortalFailure } from '../http/failure.ts';
import { unusablePortal } from '../http/portal-problem.ts';
import { remedyCodeOf, remedyFor } from '../http/remedy.ts';
import {
  type NamedGroup,
  namesCall,
  readNamedGroups,
  storedForms,
  unescapeHtml,
} from '../methods/named-groups.ts';
import type { ReadOptions } from './read-all.ts';
import { inquire } from './read-lists.ts';
import { inLoads, inSlices } from './slices.ts';

/** The portal's column holds no more characters: no group has a longer name. */
const LONGEST = 255;

/** Limits of one call, in names and bytes of its query: fifty such commands make half a MB. */
const NAMES = 50;
const BYTES = 8_000;

/** Calls at a time, so that memory does not grow with the file. */
const CALLS = 200;

/** @returns the form in which names are compared */
export const groupNameKey = (name: string): string => name.trim().normalize('NFC');

/**
 * Finds groups by their exact names (`sonet_group.get`, "Get a list of groups and projects").
 *
 * @param names in the form of {@link groupNameKey}
 * @returns what each name means; for an unknown one the groups that differ in case or accents only
 * @throws Problem when the portal cannot be queried
 */
export async function findGroups(
  client: PortalClient,
  names: readonly string[],
  options: ReadOptions,
): Promise<Map<string, Lookup<GroupId>>> {
  const possible = names.filter((name) => name !== '' && [...name].length <= LONGEST);
  const forms = [...new Set(possible.flatMap(storedForms))];
  const questions = inLoads(forms, weigh, BYTES);
  const index = new NameIndex();
  const inquiry = { call: namesCall, read: readNamedGroups };
  for (const some of inSlices(questions, CALLS)) {
    for (const list of await inquire(client, some, inquiry, options)) {
      if (!list.ok) throw unreadableGroups(client, list.failure);
      for (const group of list.records) index.add(group);
    }
  }
  return new Map(names.map((name) => [name, index.findByName(name)]));
}

/** Bytes of a name in the query, with a minimum that limits a load to {@link NAMES} names. */
const weigh = (name: string): number =>
  Math.max(encodeURIComponent(name.toWellFormed()).length, BYTES / NAMES);

/** Groups by their names: as reported, unescaped, and without case and accents. */
class NameIndex {
  readonly #reported = new Map<string, Map<GroupId, NamedGroup>>();
  readonly #unescaped = new Map<string, Map<GroupId, NamedGroup>>();
  readonly #loose = new Map<string, Map<GroupId, NamedGroup>>();

  add({ id, name }: NamedGroup): void {
    const plain = { id, name: groupNameKey(unescapeHtml(name)) };
    put(this.#reported, groupNameKey(name), { id, name: groupNameKey(name) });
    put(this.#unescaped, plain.name, plain);
    put(this.#loose, loosely(plain.name), plain);
  }

  findByName(name: string): Lookup<GroupId> {
    const candidates = list(this.#reported.get(name) ?? this.#unescaped.get(name));
    const [only, ...others] = candidates;
    if (only !== undefined && others.length === 0) return { kind: 'found', id: only.id };
    if (only !== undefined) return { kind: 'ambiguous', candidates };
    const similar = list(this.#loose.get(loosely(name)));
    return similar.length > 0 ? { kind: 'unknown', similar } : { kind: 'unknown' };
  }
}

function put(index: Map<string, Map<GroupId, NamedGroup>>, key: string, group: NamedGroup): void {
  const known = index.get(key) ?? new Map<GroupId, NamedGroup>();
  index.set(key, known.set(group.id, group));
}

const list = (groups: ReadonlyMap<GroupId, NamedGroup> | undefined): Candidate<GroupId>[] =>
  [...(groups?.values() ?? [])].sort((left, right) => left.id - right.id);

const loosely = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ');

function unreadableGroups(client: PortalClient, failure: PortalFailure): Problem {
  if (!isAboutMethod(failure)) return unusablePortal(client.webhook.portal, failure);
  return new Problem(
    `The file names groups by name, and the webhook may not read groups (${describeFailure(failure)}).`,
    remedyFor(failure.code),
    {
      coded: {
        code: 'groups_hidden',
        params: { said: describeFailure(failure), remedy: remedyCodeOf(failure.code) },
      },
    },
  );
}
