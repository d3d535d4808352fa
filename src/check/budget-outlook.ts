import { costOf } from '../domain/time/invite-cost.ts';
import type { Outlook } from '../domain/time/work-left.ts';
import type { BudgetView } from '../portal/budget/budget-view.ts';

/** Other clients are refused as well when we send as fast as we may, so they take less than before. */
const OTHERS_SHARE = 0.7;
/** Share of the bucket that is left to us, however much other clients take. */
const LEAST_SHARE = 0.1;

/** @returns the portal's limits, what is used of them, and what was learned about the portal */
export function budgetOutlook(view: BudgetView): Pick<Outlook, 'allowance' | 'used' | 'cost'> {
  const { limits } = view;
  const { requestsPerSecond: perSecond } = limits;
  const others = view.othersPerSecond * OTHERS_SHARE;
  return {
    allowance: {
      ...limits,
      operatingLimitSeconds: view.allowedOperatingSeconds,
      operatingShare: view.operatingShare,
      requestsPerSecond: Math.max(perSecond * LEAST_SHARE, perSecond - others),
      latencySeconds: view.latencySeconds,
    },
    used: {
      bucket: view.level,
      workedSeconds: view.workedSeconds,
      operating: view.baskets.map(({ seconds, freeInMs }) => ({
        seconds,
        freeInSeconds: freeInMs / 1_000,
      })),
    },
    cost: costOf(view.costSeconds, view.costVariance, view.recentCostSeconds),
  };
}
