import { groupId, userId } from '../../domain/pairs/ids.ts';
import type { WantedRecords } from '../../ledger/search/wanted-records.ts';
import type { ResultsQuery, Selection } from '../schemas/pair-schema.ts';

/** @returns the criteria of a request for the ledger */
export function wantedOf(criteria: Partial<ResultsQuery & Selection>): WantedRecords {
  const { outcome, reason, q, group_id, user_id, place, places, found } = criteria;
  return {
    ...{ outcome, reason, text: q, places: places ?? place, found },
    groupId: group_id === undefined ? undefined : groupId(group_id),
    userId: user_id === undefined ? undefined : userId(user_id),
  };
}
