import { NOTIFY, notifyCall, readNotified } from '../../../portal/methods/notify.ts';
import type { Operation } from '../operation.ts';

/** Notifies one person per command. */
export const NOTIFYING: Operation = {
  method: NOTIFY,
  maxUsers: 1,
  isOptional: true,
  call: ({ message, userIds: [userId] }) => {
    if (userId === undefined) throw new RangeError('a command needs a person');
    return notifyCall(userId, message ?? '');
  },
  readDone: ({ userIds }, result) => {
    const isNotified = readNotified(result);
    return isNotified === undefined ? undefined : new Set(isNotified ? userIds : []);
  },
};
