import type { Problem } from '../../domain/errors/problem.ts';
import type { Candidate, Lookup } from '../../domain/pairs/directory.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import { inLoads, inSlices } from '../../domain/slices.ts';
import { problem } from '../../messages/problems.ts';
import type { PortalClient } from '../http/client.ts';
import { describeFailure, isAboutMethod, type PortalFailure } from '../http/failure.ts';
import { unusablePortal } from '../http/portal-problem.ts';
import { remedyCodeOf } from '../http/remedy.ts';
import {
  type NamedGroup,
  namesCall,
  readNamedGroups,
  storedForms,
  unescapeHtml,
} from '../methods/named-groups.ts';
import { type GroupNames, loosely } from './group-names.ts';
import type { ReadOptions } from './read-all.ts';
import { inquire } from './read-lists.ts';

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
 * @param all reads all names, to find those that differ from an unknown one by one letter
 * @returns what each name means; for an unknown one the groups that differ in case, accents or one letter
 * @throws Problem when the portal cannot be queried
 */
export async function findGroups(
  client: PortalClient,
  names: readonly string[],
  options: ReadOptions,
  all?: GroupNames,
): Promise<Map<string, Lookup<GroupId>>> {
  const found = await findExact(client, names, options);
  for (const [name, lookup] of found) {
    if (all === undefined || lookup.kind !== 'unknown' || lookup.similar !== undefined) continue;
    const similar = await all.findNear(name);
    if (similar.length > 0) found.set(name, { kind: 'unknown', similar });
  }
  return found;
}

async function findExact(
  client: PortalClient,
  names: readonly string[],
  options: ReadOptions,
): Promise<Map<string, Lookup<GroupId>>> {
  const possible = names.filter((name) => name !== '' && [...name].length <= LONGEST);
  const index = await readIndex(client, possible, { withHidden: false, options });
  const found = new Map(names.map((name) => [name, index.findByName(name)]));
  const unknown = possible.filter((name) => found.get(name)?.kind === 'unknown');
  if (unknown.length === 0) return found;
  const { isAdmin } = await client.profile.get(options.signal);
  if (isAdmin === false) return found;
  // An administrator also reads the names of groups that the portal does not let them invite into.
  const hidden = await readIndex(client, unknown, { withHidden: true, options });
  for (const name of unknown) {
    const lookup = hidden.findByName(name);
    if (lookup.kind !== 'unknown') found.set(name, lookup);
  }
  return found;
}

async function readIndex(
  client: PortalClient,
  names: readonly string[],
  { withHidden, options }: { withHidden: boolean; options: ReadOptions },
): Promise<NameIndex> {
  const forms = [...new Set(names.flatMap(storedForms))];
  const index = new NameIndex();
  const call = (some: readonly string[]) => namesCall(some, withHidden);
  for (const some of inSlices(inLoads(forms, weigh, BYTES), CALLS)) {
    for (const list of await inquire(client, some, { call, read: readNamedGroups }, options)) {
      if (!list.ok) throw unreadableGroups(client, list.failure);
      for (const group of list.records) index.add(group);
    }
  }
  return index;
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

function unreadableGroups(client: PortalClient, failure: PortalFailure): Problem {
  if (!isAboutMethod(failure)) return unusablePortal(client.webhook.portal, failure);
  return problem('groups_hidden', {
    said: describeFailure(failure),
    remedy: remedyCodeOf(failure),
  });
}
