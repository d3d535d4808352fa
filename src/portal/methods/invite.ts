import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import { type Call, refersToResults } from '../http/batch.ts';
import type { PortalFailure } from '../http/failure.ts';
import { isRecord } from '../http/json.ts';

export const INVITE = 'sonet_group.user.invite';

/**
 * The portal reads at most 1,000 variables of a batch command and silently drops the rest (PHP's
 * `max_input_vars`); each user is one.
 */
export const MAX_USERS = 500;

/** One `sonet_group.user.invite`: one group, one message. */
export interface Command {
  groupId: GroupId;
  /** Null sends no message. */
  message: string | null;
  userIds: readonly UserId[];
}

/** @returns the call of "Invite users to group" */
export function inviteCall({ groupId, message, userIds }: Command): Call {
  return {
    method: INVITE,
    parameters: {
      GROUP_ID: groupId,
      USER_ID: userIds,
      ...(message === null ? {} : { MESSAGE: message }),
    },
  };
}

/** Whether a message must not go into a batch. */
export const needsDirectCall = (message: string | null): boolean =>
  message !== null && refersToResults(message);

/**
 * Reads the users that the portal reports as invited ("Invite users to group"): ids as they were sent,
 * hence numbers or strings, in a list or a map.
 *
 * @returns undefined when the answer is something else
 */
export function readInvited(result: unknown): ReadonlySet<number> | undefined {
  if (!isRecord(result)) return undefined;
  const ids = Object.values(result);
  return ids.every(isId) ? new Set(ids.map(Number)) : undefined;
}

/** `Number` alone would accept `true`, `[7]`, null and the empty string as ids. */
const isId = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isInteger(value)
    : /^\d+$/.test(String(value)) && typeof value === 'string';

const STALE = new Set(['ERROR_NO_PERMS', 'ERROR_CREATE_USER2GROUP']);

/**
 * Whether an error in a batch may hide another one: after the portal declined a user in the batch, the
 * next error has that decline's code and text, whatever it really is (seen in the published module).
 * The method itself reports neither code.
 */
export const mayBeStale = ({ code }: { code: string }): boolean => STALE.has(code.toUpperCase());

/**
 * Whether the portal refused because the caller can see no such group: inviting reports that with an
 * empty code, reading with a code of its own.
 */
export const isGroupNotFound = (failure: { code: string; description: string }): boolean =>
  failure.code === 'SONET_CONTROLLER_WORKGROUP_NOT_FOUND' ||
  (failure.code === '' && GROUP_NOT_FOUND.test(failure.description));

const GROUP_NOT_FOUND = /group not found/i;

/**
 * The same for the answer to reading a group, where some portals have a code of their own: the text
 * counts whatever the code is, unless it is known to mean something else. An invitation in a batch can
 * repeat another command's text, a read does not.
 */
export const isGroupUnseen = (failure: PortalFailure): boolean =>
  isGroupNotFound(failure) ||
  (failure.kind === 'refused' && GROUP_NOT_FOUND.test(failure.description));
