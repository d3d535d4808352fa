import type { GroupId } from '../../domain/pairs/ids.ts';
import { mayInvite } from '../../domain/pairs/obstacle.ts';
import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { CallResult } from '../../portal/http/batch.ts';
import { describeFailure, UNREADABLE } from '../../portal/http/failure.ts';
import { readGroup } from '../../portal/methods/groups.ts';
import { isGroupUnseen } from '../../portal/methods/invite.ts';

/**
 * @param result of `groupCall`
 * @param isAdmin whether the webhook's user is one: for an administrator without a role in the group the portal reports
 * that they may not invite, and yet allows it
 */
export function checkGroup(
  id: GroupId,
  result: CallResult,
  isAdmin: boolean | undefined,
): SetUpFinding {
  if (!result.ok && isGroupUnseen(result.failure)) return finding('group_invisible', { id });
  if (!result.ok) return finding('group_not_known', { id, said: describeFailure(result.failure) });
  const reported = readGroup(result.result)?.mayInvite;
  switch (mayInvite({ reported, isAdmin, hasInvited: false })) {
    case true:
      return finding(reported === true ? 'group_open' : 'group_open_to_admin', { id });
    case false:
      return finding('group_closed', { id });
    case undefined:
      return reported === false
        ? finding('group_open_to_admins_only', { id })
        : finding('group_not_known', { id, said: describeFailure(UNREADABLE) });
  }
}
