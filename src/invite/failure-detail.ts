import { type RowDetail, rowDetail } from '../messages/row-details.ts';
import { describeFailure, type PortalFailure } from '../portal/http/failure.ts';

/** @returns a failure as it is stored with a pair: what we found ourselves by its code, else the portal's words */
export function failureDetail(failure: PortalFailure): RowDetail {
  const isOurs = failure.kind === 'unanswered' || failure.kind === 'silent';
  if (isOurs && failure.code === 'TIMEOUT') return rowDetail('timeout', {});
  if (isOurs && failure.code === 'UNREADABLE') return rowDetail('unreadable_answer', {});
  return rowDetail('verbatim', { text: describeFailure(failure) });
}
