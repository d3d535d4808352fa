import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';
import type { PortalFailure } from '../http/failure.ts';
import { isTrue } from '../http/json.ts';
import { CANCEL_INVITE } from './user-to-group.ts';

/** Removes people from a group, whatever their relation to it is ("Remove users from group"). */
export const DELETE_USERS = 'sonet_group.user.delete';

/** @returns the call that withdraws one pending invitation; the method is undocumented */
export const cancelCall = (groupId: GroupId, userId: UserId): Call => ({
  method: CANCEL_INVITE,
  parameters: { userId, groupId },
});

/** @returns whether the invitation was withdrawn; undefined when the answer is something else */
export const readCancelled = (result: unknown): boolean | undefined =>
  typeof result === 'boolean' ? result : isTrue(result) || undefined;

/**
 * Whether the portal withdrew nothing: there is no pending invitation by the group, or the caller may not withdraw it.
 * These controllers answer both with the same code and text.
 */
export const isNotCancelled = ({ kind, code, description }: PortalFailure): boolean =>
  kind === 'refused' && (code === '0' || NO_PERMISSION.test(description));

const NO_PERMISSION = /no permission/i;

/** @returns the call that removes people from a group; the answer names those who were removed, as for an invitation */
export const deleteCall = (groupId: GroupId, userIds: readonly UserId[]): Call => ({
  method: DELETE_USERS,
  parameters: { GROUP_ID: groupId, USER_ID: userIds },
});
