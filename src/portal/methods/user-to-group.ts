import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import { isRecord, readPhpDate } from '../http/json.ts';

/**
 * Lists relations with their initiators and dates. It is not documented (published module
 * `socialnetwork`, controller `usertogroup`): check it with `availabilityCall`.
 */
export const USER_TO_GROUP_LIST = 'socialnetwork.api.usertogroup.list';

/**
 * Withdraws an invitation that is still pending. It is not documented either (the same controller):
 * check it with `availabilityCall`.
 */
export const CANCEL_INVITE = 'socialnetwork.api.usertogroup.cancelInvite';

/** The list returns at most this many relations at a time. */
export const RELATIONS_PER_PAGE = 50;

/** An invitation by the caller, whatever its result. */
export interface CallersInvitation {
  userId: number;
  /** Unix seconds of the portal's clock, without fractions. */
  createdAt: number;
}

/**
 * Lists the caller's invitations into a group, the newest first. Needs the scope `socialnetwork`.
 *
 * It does not filter by role: people who answer an invitation meanwhile would move the later ones to
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

/** The relations of a page that the caller began; some portals do not support every filter. */
export interface InvitationsPage {
  invitations: CallersInvitation[];
  /** Start of the oldest of all relations, in Unix seconds; undefined when there is none. */
  oldest: number | undefined;
  /** Number of all relations on the page. */
  size: number;
}

/**
 * @returns undefined when the answer is something else, or contains a date without a time zone
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

function toUnixSeconds(value: unknown): number | undefined {
  const seconds = readPhpDate(value);
  return seconds === undefined ? undefined : Math.floor(seconds);
}
