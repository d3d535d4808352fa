import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { CallResult } from '../../portal/http/batch.ts';
import { describeFailure, isAboutMethod, UNREADABLE } from '../../portal/http/failure.ts';
import { readAvailability } from '../../portal/methods/method-availability.ts';

/** @param result of `availabilityCall` for the list of relations */
export function checkRelations(result: CallResult): SetUpFinding {
  // A portal without `method.get` does not have the list either.
  if (!result.ok && !isAboutMethod(result.failure)) {
    return finding('relations_not_known', { said: describeFailure(result.failure) });
  }
  const isThere = result.ok ? readAvailability(result.result) : false;
  if (isThere === undefined) {
    return finding('relations_not_known', { said: describeFailure(UNREADABLE) });
  }
  return finding(isThere ? 'relations_dated' : 'relations_not_dated', {});
}
