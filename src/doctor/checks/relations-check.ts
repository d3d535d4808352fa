import { finding, type SetUpFinding } from '../../messages/findings.ts';
import type { CallResult } from '../../portal/http/batch.ts';
import { describeFailure, isAboutMethod, UNREADABLE } from '../../portal/http/failure.ts';
import { isRecord } from '../../portal/http/json.ts';
import { readAvailability } from '../../portal/methods/method-availability.ts';

/** @param result of `availabilityCall` for the list of relations */
export function checkRelations(
  result: CallResult,
): SetUpFinding<'relations_dated' | 'relations_not_dated' | 'relations_not_known'> {
  // A portal without `method.get` does not have the list either.
  if (!result.ok && !isAboutMethod(result.failure)) {
    return finding('relations_not_known', { said: describeFailure(result.failure) });
  }
  if (result.ok && !(isRecord(result.result) && 'isExisting' in result.result)) {
    return finding('relations_not_known', { said: describeFailure(UNREADABLE) });
  }
  const isThere = result.ok && readAvailability(result.result);
  return finding(isThere ? 'relations_dated' : 'relations_not_dated', {});
}
