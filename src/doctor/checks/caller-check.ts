import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { CallResult } from '../../portal/http/batch.ts';
import { describeFailure, UNREADABLE } from '../../portal/http/failure.ts';
import type { PortalProfile } from '../../portal/profile/portal-profile.ts';

/** @param result of `ACCOUNT_CALL`, which says why the user is not known */
export function checkCaller(
  { callerId: id, isAdmin }: Pick<PortalProfile, 'callerId' | 'isAdmin'>,
  result: CallResult,
): SetUpFinding {
  if (isAdmin !== undefined) return finding(isAdmin ? 'caller_admin' : 'caller_person', { id });
  const failure = result.ok ? UNREADABLE : result.failure;
  return finding('caller_not_known', { said: describeFailure(failure) });
}
