import type { GroupId } from '../../domain/pairs/ids.ts';
import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { CallResult } from '../../portal/http/batch.ts';
import { describeFailure, UNREADABLE } from '../../portal/http/failure.ts';
import type { Account } from '../../portal/methods/caller-account.ts';
import { readGroup } from '../../portal/methods/groups.ts';
import { isGroupUnseen } from '../../portal/methods/invite.ts';

/**
 * @param result of `groupCall`
 * @param account the webhook's user: for an administrator without a role in the group the portal reports
 * that they may not invite, and yet allows it
 */
export function checkGroup(
  id: GroupId,
  result: CallResult,
  account: Account | undefined,
): SetUpFinding<
  'group_open' | 'group_open_to_admin' | 'group_closed' | 'group_invisible' | 'group_not_known'
> {
  if (!result.ok && isGroupUnseen(result.failure)) return finding('group_invisible', { id });
  const mayInvite = result.ok ? readGroup(result.result)?.mayInvite : undefined;
  if (mayInvite === true) return finding('group_open', { id });
  if (result.ok && account?.isAdmin) return finding('group_open_to_admin', { id });
  if (mayInvite === false) return finding('group_closed', { id });
  const failure = result.ok ? UNREADABLE : result.failure;
  return finding('group_not_known', { id, said: describeFailure(failure) });
}
