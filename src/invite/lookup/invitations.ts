import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { OnceReader, type TimedResult } from '../../portal/directory/read-once.ts';
import type { PortalClient } from '../../portal/http/client.ts';
import { isAboutMethod, type PortalFailure } from '../../portal/http/failure.ts';
import { availabilityCall, readAvailability } from '../../portal/methods/method-availability.ts';
import {
  invitationsCall,
  RELATIONS_PER_PAGE,
  readInvitations,
  USER_TO_GROUP_LIST,
} from '../../portal/methods/user-to-group.ts';

/** When the caller invited users into a group. */
export type InvitationsView =
  /** In milliseconds of the monotonic clock; a user without an entry was not invited `since`. */
  | { kind: 'dated'; madeAt: ReadonlyMap<number, number> }
  /** The portal does not show it. */
  | { kind: 'undated' }
  | { kind: 'failed'; failure: PortalFailure };

/** The invitations to date. */
export interface WantedInvitation {
  groupId: GroupId;
  userIds: ReadonlySet<UserId>;
  /** Older invitations do not matter; in milliseconds of the monotonic clock. */
  since: number;
}

/** Most pages that are read of one group's list: ten thousand invitations. */
const MOST_PAGES = 200;

/** Dates invitations if the portal can list them; the method is undocumented. */
export class InvitationReader {
  readonly #reader: OnceReader;
  readonly #callerId: UserId;
  readonly #profile: PortalClient['profile'];
  #isAvailable: boolean | undefined;

  constructor(client: PortalClient, clock: Clock) {
    this.#reader = new OnceReader(client, clock);
    this.#callerId = client.webhook.callerId;
    this.#profile = client.profile;
  }

  /** Lists each group's invitations, newest first, until all wanted ones are dated. */
  async read(
    wanted: readonly WantedInvitation[],
    signal: AbortSignal,
  ): Promise<Map<GroupId, InvitationsView>> {
    const lists = wanted.map((one) => new InvitationList(one, this.#callerId));
    const unavailable = wanted.length > 0 ? await this.#whyUnavailable(signal) : undefined;
    for (const list of lists) list.view = unavailable;
    for (;;) {
      const pages = lists.flatMap((list) => list.nextPages());
      if (pages.length === 0) break;
      const readings = await this.#reader.read(
        pages.map(({ call }) => call),
        signal,
      );
      for (const [at, { list }] of pages.entries()) {
        const reading = readings[at];
        if (reading !== undefined) this.#add(list, reading);
      }
    }
    return new Map(lists.map((list) => [list.groupId, list.view ?? { kind: 'undated' }]));
  }

  /** The profile knows it, once the portal has answered; until then it is checked once. */
  async #whyUnavailable(signal: AbortSignal): Promise<InvitationsView | undefined> {
    const known = this.#profile.latest.methods[USER_TO_GROUP_LIST];
    if (known !== undefined) return known ? undefined : { kind: 'undated' };
    if (this.#isAvailable === undefined) {
      const [answer] = await this.#reader.read([availabilityCall(USER_TO_GROUP_LIST)], signal);
      if (answer?.ok === false && !isFinal(answer)) {
        return { kind: 'failed', failure: answer.failure };
      }
      this.#isAvailable = answer?.ok === true && readAvailability(answer.result) === true;
    }
    return this.#isAvailable ? undefined : { kind: 'undated' };
  }

  #add(list: InvitationList, reading: TimedResult): void {
    if (reading.ok) list.add(reading);
    else if (isFinal(reading)) list.view = { kind: 'undated' };
    else list.view = { kind: 'failed', failure: reading.failure };
  }
}

/** Whether a repeated call would fail in the same way. */
const isFinal = ({ failure, refusesAll }: Extract<TimedResult, { ok: false }>): boolean =>
  refusesAll !== true && (failure.kind === 'refused' || isAboutMethod(failure));

/** The invitations of one group, page by page. */
class InvitationList {
  readonly #wanted: WantedInvitation;
  readonly #callerId: UserId;
  readonly #madeAt = new Map<number, number>();
  #pages = 0;
  /** Undefined while there is more to read. */
  view: InvitationsView | undefined;

  constructor(wanted: WantedInvitation, callerId: UserId) {
    this.#wanted = wanted;
    this.#callerId = callerId;
  }

  get groupId(): GroupId {
    return this.#wanted.groupId;
  }

  /** First as many pages as the wanted invitations can fill; then each time as many as were read so far. */
  nextPages() {
    if (this.#pages >= MOST_PAGES) this.view ??= { kind: 'undated' };
    if (this.view !== undefined) return [];
    const { groupId, userIds } = this.#wanted;
    const count = this.#pages === 0 ? Math.ceil(userIds.size / RELATIONS_PER_PAGE) : this.#pages;
    const first = this.#pages;
    this.#pages += count;
    return Array.from({ length: count }, (_, at) => ({
      list: this,
      call: invitationsCall(groupId, this.#callerId, (first + at) * RELATIONS_PER_PAGE),
    }));
  }

  add({ result, portalTime, next, at }: Extract<TimedResult, { ok: true }>): void {
    if (this.view !== undefined) return;
    const page = readInvitations(result, this.#callerId);
    if (page === undefined || portalTime === undefined) {
      this.view = { kind: 'undated' };
      return;
    }
    // The age of an invitation by the portal's clock, subtracted from the time of the answer by ours.
    const madeAt = (createdAt: number) => at - (portalTime - createdAt) * 1_000;
    for (const { userId, createdAt } of page.invitations) {
      if (!this.#madeAt.has(userId)) this.#madeAt.set(userId, madeAt(createdAt));
    }
    const { userIds, since } = this.#wanted;
    // A portal can announce another page after the last one.
    const isLast = page.size === 0 || (page.size < RELATIONS_PER_PAGE && next === undefined);
    const isOld = page.oldest !== undefined && madeAt(page.oldest) < since;
    if (isLast || isOld || userIds.values().every((id) => this.#madeAt.has(id))) {
      this.view = { kind: 'dated', madeAt: this.#madeAt };
    }
  }
}
