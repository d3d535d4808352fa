import { INVITE, inviteCall, MAX_USERS, readInvited } from '../../../portal/methods/invite.ts';
import type { Operation } from '../operation.ts';

/** Invites people. The answer names those who were invited. */
export const INVITING: Operation = {
  method: INVITE,
  maxUsers: MAX_USERS,
  call: inviteCall,
  readDone: (_, result) => readInvited(result),
};
