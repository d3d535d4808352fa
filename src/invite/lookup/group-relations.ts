import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import { inSlices } from '../../domain/slices.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { OnceReader, type TimedResult } from '../../portal/directory/read-once.ts';
import type { PortalClient } from '../../portal/http/client.ts';
import { isAboutMethod, type PortalFailure, UNREADABLE } from '../../portal/http/failure.ts';
import { toName } from '../../portal/http/json.ts';
import {
  type GroupReading,
  groupListCall,
  readGroup,
  readGroups,
  relationOf,
} from '../../portal/methods/groups.ts';
import { isGroupUnseen } from '../../portal/methods/invite.ts';
import { readPeople, readUsers, USERS_PER_PAGE, usersCall } from '../../portal/methods/users.ts';
import { GroupCache } from './group-cache.ts';

/** Result of reading a group; it holds only the people that were requested. */
export type GroupView =
  | { kind: 'read'; group: GroupReading }
  | { kind: 'not_found' }
  /** The webhook may not read groups: another read is useless. */
  | { kind: 'no_scope' }
  | { kind: 'failed'; failure: PortalFailure };

/** Result of looking up a user. */
export type UserView =
  /** The name is missing when the portal does not show one. */
  | { kind: 'exists'; name?: string | null }
  | { kind: 'not_found' }
  | { kind: 'no_scope' }
  | { kind: 'failed'; failure: PortalFailure };

/** A group with the people whose relation to it matters. */
export type People = ReadonlyMap<GroupId, ReadonlySet<UserId>>;

/** @returns the users of the pairs, by group */
export function peopleOf(pairs: Iterable<{ groupId: GroupId; userId: UserId }>): People {
  const people = new Map<GroupId, Set<UserId>>();
  for (const { groupId, userId } of pairs) {
    const known = people.get(groupId) ?? new Set();
    people.set(groupId, known.add(userId));
  }
  return people;
}

/** Groups per request; memory must hold all their people at once. */
const GROUPS_AT_ONCE = 50;

/** Reads groups and users of one portal, in batches and within the budget. */
export class RelationReader {
  readonly #groups: OnceReader;
  readonly #lists: OnceReader;
  readonly #users: OnceReader;
  readonly #clock: Clock;
  readonly #cache = new GroupCache();

  constructor(client: PortalClient, clock: Clock) {
    this.#groups = new OnceReader(client, clock);
    this.#lists = new OnceReader(client, clock);
    this.#users = new OnceReader(client, clock);
    this.#clock = clock;
  }

  /** Reads groups as they are now, each once, without bans. Stops at a portal that answers nothing. */
  readGroups(people: People, signal: AbortSignal): Promise<Map<GroupId, GroupView>> {
    return this.#read(people, (ids) =>
      readGroups(ids, (calls) => this.#groups.read(calls, signal)),
    );
  }

  /** The same with bans, which takes an answer ten times as long. */
  readBans(people: People, signal: AbortSignal): Promise<Map<GroupId, GroupView>> {
    return this.#read(people, (ids) => this.#lists.read(ids.map(groupListCall), signal));
  }

  async #read(
    people: People,
    read: (ids: readonly GroupId[]) => Promise<readonly (TimedResult | undefined)[]>,
  ): Promise<Map<GroupId, GroupView>> {
    const views = new Map<GroupId, GroupView>();
    let silent: TimedResult | undefined;
    for (const ids of inSlices([...people.keys()], GROUPS_AT_ONCE)) {
      const now = this.#clock.monotonic();
      const rest = silent;
      const results = rest ? ids.map(() => rest) : await read(ids);
      silent ??= results.find((result) => result?.ok === false && result.failure.kind === 'silent');
      for (const [at, id] of ids.entries()) {
        const view = toGroupView(results[at]);
        if (view.kind === 'read') this.#cache.put(id, view.group, now);
        views.set(id, restricted(view, people.get(id)));
      }
    }
    return views;
  }

  /**
   * Reads groups, except those in which all these users had a relation a moment ago: they had it when an
   * answer left them out.
   */
  async explainGroups(people: People, signal: AbortSignal): Promise<Map<GroupId, GroupView>> {
    const known = new Map<GroupId, GroupView>();
    const unknown = new Map(people);
    for (const [id, userIds] of people) {
      const group = this.#cache.get(id, this.#clock.monotonic());
      if (group === undefined) continue;
      if (!userIds.values().every((userId) => hasRelation(group, userId))) continue;
      known.set(id, restricted({ kind: 'read', group }, userIds));
      unknown.delete(id);
    }
    return new Map([...known, ...(await this.readGroups(unknown, signal))]);
  }

  /** Reads which users exist, each once. */
  async readUsers(userIds: Iterable<UserId>, signal: AbortSignal): Promise<Map<UserId, UserView>> {
    const pages = inSlices([...new Set(userIds)], USERS_PER_PAGE);
    const results = await this.#users.read(pages.map(usersCall), signal);
    const views = pages.flatMap((page, index) => userViews(page, results[index]));
    return new Map(views);
  }
}

export const hasRelation = (group: GroupReading, userId: UserId): boolean =>
  relationOf(group, userId) !== undefined;

/** Keeps only the requested people: a chunk can have many groups with many people each. */
function restricted(view: GroupView, userIds: ReadonlySet<UserId> = new Set()): GroupView {
  if (view.kind !== 'read') return view;
  const { members, pending, banned, ...rest } = view.group;
  const kept = (ids: ReadonlySet<number>) => new Set([...userIds].filter((id) => ids.has(id)));
  return {
    kind: 'read',
    group: { members: kept(members), pending: kept(pending), banned: kept(banned), ...rest },
  };
}

function toGroupView(result: TimedResult | undefined): GroupView {
  if (result === undefined) return { kind: 'failed', failure: UNREADABLE };
  if (!result.ok) {
    return isGroupUnseen(result.failure) ? { kind: 'not_found' } : toFailure(result);
  }
  const group = readGroup(result.result);
  return group ? { kind: 'read', group } : { kind: 'failed', failure: UNREADABLE };
}

function userViews(
  ids: readonly UserId[],
  result: TimedResult | undefined,
): (readonly [UserId, UserView])[] {
  const all = (view: UserView) => ids.map((id) => [id, view] as const);
  if (result === undefined) return all({ kind: 'failed', failure: UNREADABLE });
  if (!result.ok) return all(toFailure(result));
  const known = readUsers(result.result);
  if (known === undefined) return all({ kind: 'failed', failure: UNREADABLE });
  const people = readPeople(result.result) ?? [];
  const names = new Map<number, string | null>(people.map(({ id, name }) => [id, toName(name)]));
  return ids.map((id) => {
    if (!known.has(id)) return [id, { kind: 'not_found' }];
    return [id, { kind: 'exists', name: names.get(id) ?? null }];
  });
}

const toFailure = ({ failure, refusesAll }: Extract<TimedResult, { ok: false }>) =>
  isAboutMethod(failure) && refusesAll !== true
    ? ({ kind: 'no_scope' } as const)
    : ({ kind: 'failed', failure } as const);
