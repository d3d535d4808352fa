import type { EarlierRelation, GroupCheck } from '../domain/imports/import-check.ts';
import type { UserId } from '../domain/pairs/ids.ts';
import { findObstacle, mayInvite } from '../domain/pairs/obstacle.ts';
import type { GroupPairs, Key } from '../ledger/pairs/pair-keys.ts';
import type { CallResult } from '../portal/http/batch.ts';
import { type GroupInfo, readGroupInfo, UNKNOWN_GROUP } from '../portal/methods/group-info.ts';
import { type GroupReading, readGroup, relationOf } from '../portal/methods/groups.ts';
import { isGroupUnseen } from '../portal/methods/invite.ts';

/** What the portal says about a group. */
export type GroupFinding =
  /** The caller does not see it; an administrator may know what it is nevertheless. */
  | { kind: 'invisible'; info?: GroupInfo | undefined }
  /** With its people. */
  | { kind: 'read'; info: GroupInfo; group: GroupReading }
  /** The portal answered with an error that says nothing about the group. */
  | { kind: 'unread' }
  /** At most its name. */
  | { kind: 'named'; info: GroupInfo };

/** @param result of `groupListCall` */
export function toFinding(result: CallResult | undefined): GroupFinding {
  if (result === undefined) return { kind: 'unread' };
  if (!result.ok) return { kind: isGroupUnseen(result.failure) ? 'invisible' : 'unread' };
  const info = readGroupInfo(result.result);
  const group = readGroup(result.result);
  return group === undefined ? { kind: 'named', info } : { kind: 'read', info, group };
}

/** The webhook's user. */
export interface Caller {
  id: UserId;
  /** Whether they are an administrator; undefined when the portal does not say. */
  isAdmin: boolean | undefined;
}

/** Counts, pair by pair, what would become of a group's people. */
export class GroupCount {
  readonly #finding: GroupFinding;
  readonly #callerId: UserId;
  readonly #pairs: GroupPairs;
  readonly #mayInvite: boolean | undefined;
  #members = 0;
  #pending = 0;
  #banned = 0;
  #toInvite = 0;
  #failing = 0;
  #unseen = 0;

  constructor(pairs: GroupPairs, finding: GroupFinding, { id, isAdmin }: Caller) {
    this.#pairs = pairs;
    this.#finding = finding;
    this.#callerId = id;
    const reported = finding.kind === 'read' ? finding.group.mayInvite : undefined;
    this.#mayInvite = mayInvite({ reported, isAdmin, hasInvited: false });
  }

  /** @returns whether an invitation would go out */
  add({ userId, isMissing }: Key): boolean {
    const finding = this.#finding;
    if (finding.kind === 'unread') return false;
    const obstacle = findObstacle({
      isCaller: userId === this.#callerId,
      isGroupVisible: finding.kind !== 'invisible',
      relation: this.#relationOf(userId),
      isUserVisible: !isMissing,
      mayInvite: this.#mayInvite,
    });
    if (obstacle === undefined) this.#toInvite += 1;
    else if (obstacle.reason === 'already_member') this.#members += 1;
    else if (obstacle.reason === 'already_invited') this.#pending += 1;
    else if (obstacle.outcome === 'failed') this.#addFailed(obstacle.reason);
    return obstacle === undefined;
  }

  #addFailed(reason: string): void {
    // There may be such a person all the same, and the portal would invite them.
    if (reason === 'user_not_found' && this.#mayInvite !== false) this.#unseen += 1;
    else this.#failing += 1;
    if (reason === 'banned') this.#banned += 1;
  }

  /** @returns the person's relation to the group, or that they are the caller */
  relationTo(userId: UserId): EarlierRelation | undefined {
    return userId === this.#callerId ? 'caller' : this.#relationOf(userId);
  }

  #relationOf(userId: UserId) {
    return this.#finding.kind === 'read' ? relationOf(this.#finding.group, userId) : undefined;
  }

  /** @returns the finding for the group, after all its pairs have been added */
  result(): GroupCheck {
    const finding = this.#finding;
    const showsPeople = finding.kind === 'read';
    const info = ('info' in finding && finding.info) || UNKNOWN_GROUP;
    return {
      ...this.#pairs,
      ...{ name: info.name, size: info.size },
      ...{ collab: info.isCollab, archived: info.isArchived },
      visible: finding.kind === 'unread' ? null : finding.kind !== 'invisible',
      mayInvite: showsPeople ? (this.#mayInvite ?? null) : null,
      members: showsPeople ? this.#members : null,
      pending: showsPeople && finding.group.showsPending ? this.#pending : null,
      toInvite: this.#toInvite,
      ...{ failing: this.#failing, banned: this.#banned, unseen: this.#unseen },
    };
  }
}
