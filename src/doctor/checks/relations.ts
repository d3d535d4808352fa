import { type Finding, finding } from '../../domain/set-up/findings.ts';
import type { CallResult } from '../../portal/batch.ts';
import { readAvailability } from '../../portal/method-availability.ts';

/** @param result of `availabilityCall` for the list of relations */
export function checkRelations(
  result: CallResult,
): Finding<'relations_dated' | 'relations_not_dated'> {
  const isThere = result.ok && readAvailability(result.result);
  return finding(isThere ? 'relations_dated' : 'relations_not_dated', {});
}
