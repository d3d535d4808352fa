import { type Finding, finding } from '../../domain/set-up/findings.ts';
import type { CallResult } from '../../portal/batch.ts';
import { describeFailure, isAboutMethod, UNREADABLE } from '../../portal/failure.ts';
import { isRecord } from '../../portal/json.ts';
import { readAvailability } from '../../portal/method-availability.ts';

/** @param result of `availabilityCall` for the list of relations */
export function checkRelations(
  result: CallResult,
): Finding<'relations_dated' | 'relations_not_dated' | 'relations_not_told'> {
  // A portal that does not have the question does not have the list either.
  if (!result.ok && !isAboutMethod(result.failure)) {
    return finding('relations_not_told', { said: describeFailure(result.failure) });
  }
  if (result.ok && !(isRecord(result.result) && 'isExisting' in result.result)) {
    return finding('relations_not_told', { said: describeFailure(UNREADABLE) });
  }
  const isThere = result.ok && readAvailability(result.result);
  return finding(isThere ? 'relations_dated' : 'relations_not_dated', {});
}
