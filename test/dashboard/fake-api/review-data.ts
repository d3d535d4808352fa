import { countByOutcome } from '../../../src/domain/pairs/outcome.ts';
import type { GroupCheck, GroupFigures } from '../../../src/server/schemas/group-schema.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import type { PortalCheck, Review } from '../../../src/server/schemas/review-schema.ts';
import { aRecord } from './fake-records.ts';
import { at, tally } from './import-data.ts';

/** @returns the review of a checked import before its start */
export function aReview(it: Import, given: Partial<Review> = {}): Review {
  const { duplicate: duplicates, rejected: rejects } = it.outcomes;
  const { id, rows, rejectedRows, pairs: total, message: text } = it;
  const rejected = aRecord({
    ...{
      line: 3,
      user: 'Ivan',
      groupName: null,
      userName: null,
      outcome: 'rejected',
      reason: 'bad_user_id',
    },
  });
  return {
    import: it,
    remembered: null,
    earlier: null,
    firstRows: [
      { line: 2, cells: ['2', '12'] },
      { line: 3, cells: ['2', 'Ivan'] },
    ],
    firstPairs: [],
    counts: {
      ...{ rows, rejectedRows, emptyTexts: 0, total, duplicates, rejects },
      pairs: total - duplicates - rejects,
    },
    rejects: {
      first: rejects > 0 ? [rejected] : [],
      csv: `/api/imports/${id}/results.csv?outcome=rejected`,
    },
    message: { text, length: text?.length ?? 0 },
    portal: aCheck(it),
    ...given,
  };
}

/** @returns the check of an import whose pairs can all be invited into one group */
export function aCheck(it: Import, given: Partial<PortalCheck> = {}): PortalCheck {
  const pairs = it.outcomes.pending;
  return {
    switchedOffAfter: null,
    ...{ checkedAt: at(9), notShown: [], people: pairs, invitations: { pairs, people: pairs } },
    forecast: {
      ...{ seconds: 30, limit: 'requests', requests: 1, costPerInviteSeconds: 0.01, assumed: true },
    },
    groups: {
      ...{
        count: 1,
        invisible: 0,
        notAllowed: 0,
        unread: 0,
        unreadPairs: 0,
        collabs: 0,
        archived: 0,
        pairs,
        members: 0,
        pending: 0,
      },
      ...{
        toInvite: pairs,
        failing: 0,
        unseen: 0,
        first: [aGroupCheck({ pairs, toInvite: pairs })],
      },
    },
    missing: { count: 0, first: [] },
    dismissed: { count: 0, first: [] },
    unnotified: { count: 0, first: [] },
    filteredTexts: 0,
    ...given,
  };
}

/** @returns the check of a group */
export const aGroupCheck = (given: Partial<GroupCheck> = {}): GroupCheck => ({
  ...{ id: 2, name: 'Marketing', visible: true, mayInvite: true, size: 12 },
  ...{ collab: false, archived: false, banned: 0, unseen: 0 },
  ...{ pairs: 3, members: 0, pending: 0, toInvite: 3, failing: 0, ...given },
});

/** @returns the outcomes of one group's pairs */
export const aGroup = (given: Partial<GroupFigures> = {}): GroupFigures => ({
  ...{ id: 2, name: 'Marketing', pairs: 3, check: null },
  outcomes: countByOutcome([tally('invited', 'returned', 3)]),
  ...given,
});
