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

/** When the caller has invited people into a group. */
export type InvitationsView =
  /** In milliseconds of the clock that never goes back; who is not in it was not invited `since`. */
  | { kind: 'dated'; madeAt: ReadonlyMap<number, number> }
  /** The portal does not tell. */
  | { kind: 'undated' }
  | { kind: 'failed'; failure: PortalFailure };

/** Whose invitations are to be dated. */
export interface WantedInvitation {
  groupId: GroupId;
  userIds: ReadonlySet<UserId>;
  /** Older ones do not matter; in milliseconds of the same clock. */
  since: number;
}

/** Pages of one group's list after which it is left incomplete: ten thousand invitations. */
const MOST_PAGES = 200;

/** Dates invitations where the portal can list them: the documentation does not name the method. */
export class InvitationReader {
  readonly #reader: OnceReader;
  readonly #callerId: UserId;
  #isAvailable: boolean | undefined;

  constructor(client: PortalClient, clock: Clock) {
    this.#reader = new OnceReader(client, clock);
    this.#callerId = client.webhook.callerId;
  }

  /** Lists each group's invitations, the newest first, as far as they are wanted. */
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

  /** Asked once: a portal gets new methods with an update, and this process is restarted sooner. */
  async #whyUnavailable(signal: AbortSignal): Promise<InvitationsView | undefined> {
    if (this.#isAvailable === undefined) {
      const [answer] = await this.#reader.read([availabilityCall(USER_TO_GROUP_LIST)], signal);
      if (answer?.ok === false && !isFinal(answer)) {
        return { kind: 'failed', failure: answer.failure };
      }
      this.#isAvailable = answer?.ok === true && readAvailability(answer.result);
    }
    return this.#isAvailable ? undefined : { kind: 'undated' };
  }

  #add(list: InvitationList, reading: TimedResult): void {
    if (reading.ok) list.add(reading);
    else if (isFinal(reading)) list.view = { kind: 'undated' };
    else list.view = { kind: 'failed', failure: reading.failure };
  }
}

/** Whether a call fails in the same way however often it is made. */
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

  /** At first as many as the wanted ones may fill, then as many again. */
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
    // By the portal's own clock something was made so long before it answered.
    const madeAt = (createdAt: number) => at - (portalTime - createdAt) * 1_000;
    for (const { userId, createdAt } of page.invitations) {
      if (!this.#madeAt.has(userId)) this.#madeAt.set(userId, madeAt(createdAt));
    }
    const { userIds, since } = this.#wanted;
    // A portal may announce another page after the last one.
    const isLast = page.size === 0 || (page.size < RELATIONS_PER_PAGE && next === undefined);
    const isOld = page.oldest !== undefined && madeAt(page.oldest) < since;
    if (isLast || isOld || userIds.values().every((id) => this.#madeAt.has(id))) {
      this.view = { kind: 'dated', madeAt: this.#madeAt };
    }
  }
}
