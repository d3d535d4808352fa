import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, toText } from '../http/json.ts';

/**
 * Lists relations with who began them and when. The documentation does not name it (published module
 * `socialnetwork`, controller `usertogroup`): see `MethodAvailability`.
 */
export const USER_TO_GROUP_LIST = 'socialnetwork.api.usertogroup.list';

/** It answers with at most so many relations at a time. */
export const RELATIONS_PER_PAGE = 50;

/** An invitation of the caller's, whatever became of it. */
export interface CallersInvitation {
  userId: number;
  /** Unix seconds of the portal's clock, without fractions. */
  createdAt: number;
}

/**
 * Lists whom the caller has invited into a group, the newest first. Needs the scope `socialnetwork`.
 *
 * Roles are not asked for: people who answer an invitation meanwhile would move those behind them to
 * another page.
 *
 * @param start where the page begins
 */
export function invitationsCall(groupId: GroupId, callerId: UserId, start: number): Call {
  return {
    method: USER_TO_GROUP_LIST,
    parameters: {
      filter: { GROUP_ID: groupId, INITIATED_BY_TYPE: 'G', INITIATED_BY_USER_ID: callerId },
      select: ['ID', 'USER_ID', 'INITIATED_BY_TYPE', 'INITIATED_BY_USER_ID', 'DATE_CREATE'],
      order: { ID: 'DESC' },
      start,
    },
  };
}

/** Of a page of relations, those that the caller began; portals may not know every filter. */
export interface InvitationsPage {
  invitations: CallersInvitation[];
  /** When the oldest of all relations began; undefined when there is none. */
  oldest: number | undefined;
  /** How many relations the page holds, whoever began them. */
  size: number;
}

/**
 * @returns undefined when the answer is something else, or dates a relation in a way that leaves its
 * time zone open
 */
export function readInvitations(result: unknown, callerId: UserId): InvitationsPage | undefined {
  if (!isRecord(result) || !isRecord(result.relations)) return undefined;
  const relations = Object.values(result.relations);
  const invitations: CallersInvitation[] = [];
  let oldest: number | undefined;
  for (const relation of relations) {
    if (!isRecord(relation)) return undefined;
    const createdAt = toUnixSeconds(relation.dateCreate);
    const userId = Number(relation.userId);
    if (createdAt === undefined || !Number.isInteger(userId)) return undefined;
    oldest = Math.min(oldest ?? createdAt, createdAt);
    const isCallers =
      relation.initiatedByType === 'G' && Number(relation.initiatedByUserId) === callerId;
    if (isCallers) invitations.push({ userId, createdAt });
  }
  return { invitations, oldest, size: relations.length };
}

/** A date as PHP's `date('c')` writes it, such as `2026-11-30T09:15:02+03:00`. */
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

function toUnixSeconds(value: unknown): number | undefined {
  const text = toText(value);
  return WITH_ZONE.test(text) ? Math.floor(Date.parse(text) / 1_000) : undefined;
}
