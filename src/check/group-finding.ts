import type { GroupCheck } from '../domain/imports/import-check.ts';
import type { UserId } from '../domain/pairs/ids.ts';
import type { GroupPairs, Key } from '../ledger/pairs/pair-keys.ts';
import type { CallResult } from '../portal/http/batch.ts';
import { type GroupInfo, readGroupInfo } from '../portal/methods/group-info.ts';
import { type GroupReading, readGroup } from '../portal/methods/groups.ts';
import { isGroupUnseen } from '../portal/methods/invite.ts';

/** What the portal says about a group. */
export type GroupFinding =
  /** The caller does not see it. */
  | { kind: 'invisible' }
  /** With its people. */
  | { kind: 'read'; info: GroupInfo; group: GroupReading }
  /** The portal answered with an error that says nothing about the group. */
  | { kind: 'unread' }
  /** At most its name. */
  | { kind: 'named'; info: GroupInfo };

const UNKNOWN: GroupInfo = { name: null, size: null };

/** @param result of `groupCall` */
export function toFinding(result: CallResult | undefined): GroupFinding {
  if (result === undefined) return { kind: 'unread' };
  if (!result.ok) return { kind: isGroupUnseen(result.failure) ? 'invisible' : 'unread' };
  const info = readGroupInfo(result.result);
  const group = readGroup(result.result);
  return group === undefined ? { kind: 'named', info } : { kind: 'read', info, group };
}

/** Counts, pair by pair, what would become of a group's people. */
export class GroupCount {
  readonly #finding: GroupFinding;
  readonly #callerId: UserId;
  readonly #pairs: GroupPairs;
  #members = 0;
  #pending = 0;
  #toInvite = 0;
  #failing = 0;

  constructor(pairs: GroupPairs, finding: GroupFinding, callerId: UserId) {
    this.#pairs = pairs;
    this.#finding = finding;
    this.#callerId = callerId;
  }

  /** @returns whether an invitation would go out */
  add({ userId, isMissing }: Key): boolean {
    const finding = this.#finding;
    if (finding.kind === 'unread') return false;
    if (finding.kind === 'read') {
      if (finding.group.members.has(userId)) {
        this.#members += 1;
        return false;
      }
      if (this.isPending(userId)) {
        this.#pending += 1;
        return false;
      }
    }
    if (userId === this.#callerId) return false;
    const refused =
      finding.kind === 'invisible' ||
      (finding.kind === 'read' && finding.group.mayInvite === false);
    if (refused || isMissing) this.#failing += 1;
    else this.#toInvite += 1;
    return !refused && !isMissing;
  }

  /** Whether the person has been invited, or has asked to join, and is no member. */
  isPending(userId: UserId): boolean {
    const finding = this.#finding;
    if (finding.kind !== 'read') return false;
    return finding.group.pending.has(userId) && !finding.group.members.has(userId);
  }

  /** @returns the finding for the group, after all its pairs have been added */
  result(): GroupCheck {
    const finding = this.#finding;
    const showsPeople = finding.kind === 'read';
    const { name, size } = 'info' in finding ? finding.info : UNKNOWN;
    return {
      ...this.#pairs,
      name,
      size,
      visible: finding.kind === 'unread' ? null : finding.kind !== 'invisible',
      mayInvite: showsPeople ? (finding.group.mayInvite ?? null) : null,
      members: showsPeople ? this.#members : null,
      pending: showsPeople ? this.#pending : null,
      toInvite: this.#toInvite,
      failing: this.#failing,
    };
  }
}
