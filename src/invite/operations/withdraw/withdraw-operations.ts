import { MAX_USERS, readInvited } from '../../../portal/methods/invite.ts';
import { CANCEL_INVITE } from '../../../portal/methods/user-to-group.ts';
import {
  cancelCall,
  DELETE_USERS,
  deleteCall,
  isNotCancelled,
  readCancelled,
} from '../../../portal/methods/withdraw.ts';
import type { Operation } from '../operation.ts';

/** Withdraws one invitation per command. It only ever withdraws a pending one. */
export const CANCELLING: Operation = {
  method: CANCEL_INVITE,
  maxUsers: 1,
  isOptional: true,
  call: ({ groupId, userIds: [userId] }) => {
    if (userId === undefined) throw new RangeError('a command needs a person');
    return cancelCall(groupId, userId);
  },
  readDone: ({ userIds }, result) => {
    const isCancelled = readCancelled(result);
    return isCancelled === undefined ? undefined : new Set(isCancelled ? userIds : []);
  },
  leavesOut: isNotCancelled,
};

/**
 * Removes people from a group, for portals without the method above. A person who accepts between the reading and the
 * request is removed as a member: what is sent must have been read just before.
 */
export const DELETING: Operation = {
  method: DELETE_USERS,
  maxUsers: MAX_USERS,
  isOptional: true,
  call: ({ groupId, userIds }) => deleteCall(groupId, userIds),
  readDone: (_, result) => readInvited(result),
};
