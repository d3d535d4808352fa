import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { CallResult } from '../../portal/http/batch.ts';
import { describeFailure, UNREADABLE } from '../../portal/http/failure.ts';
import { type Account, readAccount } from '../../portal/methods/caller-account.ts';

/** @param result of `ACCOUNT_CALL` */
export function checkCaller(
  result: CallResult,
): SetUpFinding<'caller_admin' | 'caller_person' | 'caller_not_known'> {
  const account = accountOf(result);
  if (account !== undefined) {
    return finding(account.isAdmin ? 'caller_admin' : 'caller_person', { id: account.id });
  }
  const failure = result.ok ? UNREADABLE : result.failure;
  return finding('caller_not_known', { said: describeFailure(failure) });
}

/** @returns the webhook's user; undefined when the answer has none */
export const accountOf = (result: CallResult): Account | undefined =>
  result.ok ? readAccount(result.result) : undefined;
